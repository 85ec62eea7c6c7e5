package dev.pollard.cli;

import dev.pollard.diagnostic.FileProblem;
import dev.pollard.inspect.Inspection;
import dev.pollard.inspect.MachineCost;
import dev.pollard.inspect.Row;
import dev.pollard.report.html.InspectPage;
import dev.pollard.report.json.InspectJson;
import dev.pollard.report.table.InspectTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pollard inspect`: where each byte of a file goes, and what each async machine costs.
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = "Shows what each async function in a linked program costs: code, future, states.",
    footer = {
      "",
      "Sizes are bytes. Code that is inlined counts to the innermost async function that it is in;",
      "\"own\" is that function's code, \"inlined\" the library code in it. Debug info (debug = 2 in",
      "the profile) is needed for this; it takes no flash."
    })
public final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private RowOptions rows = new RowOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "an ELF program, library or object, or a linked wasm module")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      description =
          "a table instead of the tree: crate, function, symbol or line share out the flash; state"
              + " and type list what futures keep in memory; generic lists what one copy for all"
              + " instances of an async function would save")
  private Optional<By> by = Optional.empty();

  @Option(names = "--json", description = "print JSON, of the form that --schema prints")
  private boolean json;

  @Option(
      names = "--html",
      paramLabel = "OUT",
      description = "write a page that shows all of it in a browser, offline")
  private Optional<Path> html = Optional.empty();

  @Option(
      names = "--against",
      paramLabel = "FILE",
      description = "with --html: a second program to show beside it, such as stock")
  private Optional<Path> against = Optional.empty();

  @Option(names = "--schema", description = "print the JSON schema and end")
  private boolean schema;

  @Option(names = "--color", paramLabel = "WHEN", description = "auto, always or never")
  private Optional<String> color = Optional.empty();

  /// What a table is by.
  enum By {
    CRATE,
    FUNCTION,
    SYMBOL,
    STATE,
    TYPE,
    LINE,
    GENERIC
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter errors = spec.commandLine().getErr();
    if (schema) {
      out.print(InspectJson.schema());
      out.flush();
      return ExitCode.DONE;
    }
    if (file.isEmpty()) {
      errors.println("error: which file? pollard inspect FILE");
      return ExitCode.USAGE;
    }
    Optional<String> complaint = rows.complaint();
    if (complaint.isPresent()) {
      errors.println("error: " + complaint.get());
      return ExitCode.USAGE;
    }
    if (against.isPresent() && html.isEmpty()) {
      errors.println("error: --against goes with --html OUT");
      return ExitCode.USAGE;
    }
    try {
      Inspection inspection = inspect(file.get());
      if (html.isPresent()) {
        Optional<Inspection> other =
            against.isPresent() ? Optional.of(inspect(against.get())) : Optional.empty();
        Files.writeString(html.get(), InspectPage.write(inspection, other));
        out.println("wrote " + html.get());
      } else {
        out.print(render(inspection));
      }
      out.flush();
      return ExitCode.DONE;
    } catch (IOException e) {
      errors.println("error: " + FileProblem.of(e));
      return ExitCode.FAILED;
    }
  }

  private static Inspection inspect(Path file) throws IOException {
    ProgramFile.require(file);
    return Inspection.of(file);
  }

  private String render(Inspection inspection) throws IOException {
    Predicate<String> wanted = rows.wanted();
    Optional<InspectJson.Table> table = Optional.empty();
    if (by.isPresent()) {
      List<Row> found =
          rows(inspection, by.get()).stream()
              .filter(r -> wanted.test(r.name()))
              .sorted(rowOrder())
              .toList();
      table = Optional.of(new InspectJson.Table(by.get().name().toLowerCase(Locale.ROOT), found));
    }
    List<MachineCost> machines = inspection.machines().stream().sorted(machineOrder()).toList();
    if (json) {
      return InspectJson.write(
          inspection, machines.stream().filter(m -> wanted.test(m.name())).toList(), table);
    }
    var console = Terminal.console(color, System.getenv());
    var options = new InspectTable.Options(console.outStyle(), rows.limit(), rows.width());
    return table.isPresent()
        ? InspectTable.rows(inspection, table.get().rows(), sharesFlash(), counted(), options)
        : InspectTable.tree(inspection, machines, m -> wanted.test(m.name()), options);
  }

  private boolean sharesFlash() {
    return switch (by.orElseThrow()) {
      case CRATE, FUNCTION, SYMBOL, LINE -> true;
      case STATE, TYPE, GENERIC -> false;
    };
  }

  private String counted() {
    return switch (by.orElseThrow()) {
      case CRATE -> "functions";
      case FUNCTION, GENERIC -> "instances";
      case SYMBOL -> "symbols";
      case LINE, TYPE -> "places";
      case STATE -> "locals";
    };
  }

  private static List<Row> rows(Inspection inspection, By by) throws IOException {
    return switch (by) {
      case CRATE -> inspection.byCrate();
      case FUNCTION -> inspection.byFunction();
      case SYMBOL -> inspection.bySymbol();
      case STATE -> inspection.byState();
      case TYPE -> inspection.byType();
      case LINE -> inspection.byLine();
      case GENERIC ->
          inspection.generics().stream()
              .map(g -> new Row(g.name(), g.mergeSaves(), g.instances().size()))
              .toList();
    };
  }

  private Comparator<Row> rowOrder() {
    Comparator<Row> largest = Comparator.comparingLong(Row::bytes).reversed();
    return switch (rows.sort()) {
      case BYTES, FUTURE -> largest.thenComparing(Row::name);
      case NAME -> Comparator.comparing(Row::name);
      case COUNT -> Comparator.comparingLong(Row::count).reversed().thenComparing(largest);
    };
  }

  private Comparator<MachineCost> machineOrder() {
    return switch (rows.sort()) {
      case BYTES -> (_, _) -> 0;
      case NAME -> Comparator.comparing(MachineCost::name);
      case COUNT -> Comparator.comparingInt(m -> -m.machine().states().size());
      case FUTURE -> Comparator.comparingLong(m -> -m.machine().futureSize().orElse(0));
    };
  }
}
