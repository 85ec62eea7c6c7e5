package dev.pollard.cli;

import dev.pollard.cargo.Revisions;
import dev.pollard.diagnostic.FileProblem;
import dev.pollard.diff.By;
import dev.pollard.diff.Change;
import dev.pollard.diff.Diff;
import dev.pollard.diff.FileSide;
import dev.pollard.diff.Side;
import dev.pollard.diff.Table;
import dev.pollard.report.BuildReport;
import dev.pollard.report.ReportSide;
import dev.pollard.report.json.BuildReportJson;
import dev.pollard.report.json.DiffJson;
import dev.pollard.report.table.DiffMarkdown;
import dev.pollard.report.table.DiffTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pollard diff`: what changed between two programs.
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = "Shows what grew and what shrank between two programs, reports or revisions.",
    footer = {
      "",
      "Closures, blocks and outlined functions are matched by what they are, not by their numbers.",
      "The lines of a table add up to the two files' flash. One build report alone is compared with",
      "itself: stock against pruned. --rev builds both revisions as pollard build does."
    })
public final class DiffCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private RowOptions rows = new RowOptions();

  @Parameters(
      paramLabel = "OLD NEW",
      description =
          "ELF or linked wasm files, or reports of pollard build (target/pollard/*.json); with"
              + " --rev, after --, words for cargo")
  private List<String> words = new ArrayList<>();

  @Option(
      names = "--rev",
      paramLabel = "A..B",
      description = "build and compare two revisions of the git repository at hand")
  private Optional<String> range = Optional.empty();

  @Option(names = "--stock", description = "with --rev: build by cargo alone, without pruning")
  private boolean stock;

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      description = "machine, crate, function, section or frame; default: all but function")
  private Optional<By> by = Optional.empty();

  @Option(names = "--json", description = "print JSON, of the form that --schema prints")
  private boolean json;

  @Option(names = "--markdown", description = "print Markdown, for a comment on a pull request")
  private boolean markdown;

  @Option(names = "--schema", description = "print the JSON schema and end")
  private boolean schema;

  @Option(names = "--color", paramLabel = "WHEN", description = "auto, always or never")
  private Optional<String> color = Optional.empty();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter errors = spec.commandLine().getErr();
    if (schema) {
      out.print(DiffJson.schema());
      out.flush();
      return ExitCode.DONE;
    }
    Optional<String> complaint = complaint();
    if (complaint.isPresent()) {
      errors.println("error: " + complaint.get());
      return ExitCode.USAGE;
    }
    try {
      out.print(render(diff()));
      out.flush();
      return ExitCode.DONE;
    } catch (IOException e) {
      errors.println("error: " + FileProblem.of(e));
      return ExitCode.FAILED;
    }
  }

  private Optional<String> complaint() {
    if (json && markdown) {
      return Optional.of("--json or --markdown, not both");
    }
    if (range.isEmpty() && (words.isEmpty() || words.size() > 2)) {
      return Optional.of("which two? pollard diff OLD NEW, or pollard diff --rev A..B");
    }
    if (stock && range.isEmpty()) {
      return Optional.of("--stock goes with --rev");
    }
    return rows.complaint();
  }

  private Diff diff() throws IOException {
    if (range.isPresent()) {
      return ofRevisions(range.get());
    }
    Path old = Path.of(words.getFirst());
    if (words.size() == 2) {
      return Diff.of(side(old), side(Path.of(words.getLast())));
    }
    BuildReport report =
        report(old)
            .orElseThrow(() ->
                new IOException(
                    old
                        + ": with what is it to be compared? pollard diff OLD NEW (a build report"
                        + " alone is compared stock against pruned)"));
    return Diff.of(
        ReportSide.stock(old.toString(), report), ReportSide.pruned(old.toString(), report));
  }

  private static Side side(Path file) throws IOException {
    ProgramFile.require(file);
    Optional<BuildReport> report = report(file);
    return report.isPresent()
        ? ReportSide.pruned(file.toString(), report.get())
        : FileSide.of(file);
  }

  /// The build report that a file is; empty for a program.
  private static Optional<BuildReport> report(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      return Optional.empty();
    }
    try (var in = Files.newInputStream(file)) {
      if (in.read() != '{') {
        return Optional.empty();
      }
    }
    return Optional.of(BuildReportJson.read(file));
  }

  private Diff ofRevisions(String revisions) throws IOException {
    List<String> ends = Revisions.ends(revisions);
    Path home =
        CargoCommand.home()
            .orElseThrow(
                () -> new IOException("start Pollard by its launcher, the script `pollard`"));
    var request = new Revisions.Request(words, stock, home, System.getenv(), System.err);
    try (var builder = Revisions.open(request)) {
      Side old = FileSide.of(builder.build(ends.getFirst())).named(ends.getFirst());
      Side now = FileSide.of(builder.build(ends.getLast())).named(ends.getLast());
      return Diff.of(old, now);
    }
  }

  private String render(Diff diff) throws IOException {
    List<By> all = diff.tables().stream().map(Table::by).toList();
    if (by.isPresent() && !all.contains(by.get())) {
      throw new IOException(
          "--by %s: these two have no such table in common; they have %s"
              .formatted(
                  by.get().name().toLowerCase(Locale.ROOT),
                  String.join(
                      ", ", all.stream().map(b -> b.name().toLowerCase(Locale.ROOT)).toList())));
    }
    List<By> shown = by.map(List::of).orElse(json || markdown ? all : usual(all));
    if (json) {
      var tables = diff.tables().stream().filter(t -> shown.contains(t.by())).toList();
      return DiffJson.write(diff, tables, rows.wanted(), order());
    }
    var console = Terminal.console(color, System.getenv());
    var options =
        new DiffTable.Options(
            console.outStyle(), shown, rows.limit(), rows.wanted(), order(), rows.width());
    return markdown ? DiffMarkdown.render(diff, options) : DiffTable.render(diff, options);
  }

  /// The sections are among the figures already; functions are many.
  private static List<By> usual(List<By> all) {
    return all.stream().filter(b -> b != By.SECTION && b != By.FUNCTION).toList();
  }

  private Comparator<Change> order() {
    return switch (rows.sort()) {
      case BYTES -> (_, _) -> 0;
      case NAME -> Comparator.comparing(Change::name);
      case COUNT -> Comparator.comparingLong(c -> -Math.abs(c.count()));
      case FUTURE -> Comparator.comparingLong(c -> -Math.abs(c.future().orElse(0)));
    };
  }
}
