package dev.pollard.cli;

import dev.pollard.advise.Advice;
import dev.pollard.advise.AdviceJson;
import dev.pollard.advise.AdviceText;
import dev.pollard.advise.Facts;
import dev.pollard.advise.Kind;
import dev.pollard.advise.ProgramFacts;
import dev.pollard.advise.Room;
import dev.pollard.advise.Rules;
import dev.pollard.advise.run.Host;
import dev.pollard.advise.run.MeasuredRun;
import dev.pollard.advise.run.RunFacts;
import dev.pollard.advise.run.RunRequest;
import dev.pollard.advise.run.ThreadCost;
import dev.pollard.budget.BudgetException;
import dev.pollard.cargo.CargoArguments;
import dev.pollard.cargo.PlainBuild;
import dev.pollard.cargo.Subcommand;
import dev.pollard.config.BudgetSettings;
import dev.pollard.config.Settings;
import dev.pollard.config.SettingsException;
import dev.pollard.config.SettingsLayer;
import dev.pollard.diagnostic.FileProblem;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pollard advise`: whether async is worth it in a program, by measurements of it.
@Command(
    name = "advise",
    header = "Tells whether async is worth it in this program, by measuring it.",
    synopsisHeading = "Usage: pollard advise [OPTIONS] [-- COMMAND [ARGUMENT...]]%n",
    customSynopsis = "",
    footer = {
      "",
      "All other options before -- are cargo build's: -p --bin --example --target …; the",
      "profile is release. The program is built as cargo alone does, with debug info.",
      "",
      "COMMAND runs the program, which is measured meanwhile (Linux); a word {} stands for",
      "its path. Without a load it runs to its end.",
      "",
      "  pollard advise --bin server --connect 127.0.0.1:7000 --send 'GET a\\n' \\",
      "    -- {} 127.0.0.1:7000",
      "  pollard advise --bin tool -- {} input.txt",
      "  pollard advise --bin firmware --target thumbv7em-none-eabihf --chip nRF52840"
    })
final class AdviseCommand implements Callable<Integer>, TakesCargoWords {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this; cargo's own flags: cargo help build")
  @SuppressWarnings("UnusedVariable")
  private boolean help;

  @Option(
      names = "--connect",
      paramLabel = "HOST:PORT",
      description = "the load: connections to what the program listens on")
  private Optional<String> connect = Optional.empty();

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "with --connect: how many at once; default: 1000")
  private int connections = 1000;

  @Option(
      names = "--send",
      paramLabel = "TEXT",
      description =
          "with --connect: what each connection sends once a second, for an answer; \\n, \\r, \\t, \\\\"
              + " are escapes")
  private Optional<String> send = Optional.empty();

  @Option(
      names = "--hold",
      paramLabel = "TIME",
      description = "with --connect: how long all connections are held; default: 5s")
  private String hold = "5s";

  @Option(
      names = "--load",
      paramLabel = "COMMAND",
      description =
          "a line for the shell that puts the program under load; when it ends, so does the run")
  private Optional<String> load = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "a run without a load is stopped then; default: 60s")
  private String timeout = "60s";

  @Option(
      names = "--chip",
      paramLabel = "NAME",
      description = "the chip, for its room; pollard budget --chips lists them")
  private Optional<String> chip = Optional.empty();

  @Option(
      names = "--memory",
      paramLabel = "FILE",
      description = "a linker script with the chip's regions; default: the memory.x of the build")
  private Optional<Path> memory = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "SIZE",
      description =
          "how large a WebAssembly module may be, such as 48K; default: the manifest's budget")
  private Optional<String> limit = Optional.empty();

  @Option(names = "--sources", description = "say of each figure how it was measured or computed")
  private boolean sources;

  @Option(names = "--json", description = "print JSON (pollard.advise/1)")
  private boolean json;

  @Parameters(hidden = true)
  private List<String> words = new ArrayList<>();

  @Override
  public Integer call() {
    PrintWriter errors = spec.commandLine().getErr();
    var parts = CargoArguments.atEnd(words);
    var cargo = CargoArguments.of(Subcommand.BUILD, parts.getFirst(), false);
    try {
      var complaint = complaint(cargo, parts.getLast());
      if (complaint.isPresent()) {
        errors.println("error: " + complaint.get());
        return ExitCode.USAGE;
      }
      var run = new RunWords(loadOf(), time("--timeout", timeout), parts.getLast());
      return advise(cargo, run, limitGiven());
    } catch (SettingsException e) {
      errors.println("error: " + e.getMessage());
      return ExitCode.USAGE;
    } catch (BudgetException e) {
      errors.println("error: " + e.getMessage());
    } catch (IOException e) {
      errors.println("error: " + FileProblem.of(e));
    }
    return ExitCode.FAILED;
  }

  /// What was said about the run.
  private record RunWords(RunRequest.Load load, Duration timeout, List<String> command) {}

  private Optional<String> complaint(CargoArguments cargo, List<String> command) {
    if (cargo.messageFormat().isPresent()) {
      return Optional.of("--message-format has no use here");
    }
    if (connect.isPresent() && load.isPresent()) {
      return Optional.of("--connect or --load, not both");
    }
    if (chip.isPresent() && memory.isPresent()) {
      return Optional.of("--chip or --memory, not both");
    }
    if (send.isPresent() && connect.isEmpty()) {
      return Optional.of("--send goes with --connect HOST:PORT");
    }
    if (command.isEmpty() && (connect.isPresent() || load.isPresent())) {
      return Optional.of("a load needs a run: add -- {} and the program's arguments");
    }
    if (connections < 1) {
      return Optional.of("--connections: " + connections + " is no number from 1 on");
    }
    return Optional.empty();
  }

  private static Duration time(String option, String text) throws SettingsException {
    return Settings.time(new SettingsLayer.Value(text, option));
  }

  private OptionalLong limitGiven() throws SettingsException {
    return limit.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(Settings.size(new SettingsLayer.Value(limit.get(), "--limit")));
  }

  private RunRequest.Load loadOf() throws SettingsException {
    if (load.isPresent()) {
      return new RunRequest.Command(load.get());
    }
    if (connect.isEmpty()) {
      return new RunRequest.None();
    }
    var text = connect.get();
    int colon = text.lastIndexOf(':');
    var port = colon < 0 ? "" : text.substring(colon + 1);
    if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
      throw new SettingsException(
          "--connect: " + text + " is not HOST:PORT, such as 127.0.0.1:7000");
    }
    var address =
        new InetSocketAddress(
            text.substring(0, colon).replaceAll("^\\[|\\]$", ""), Integer.parseInt(port));
    if (address.isUnresolved()) {
      throw new SettingsException("--connect: there is no host " + address.getHostString());
    }
    return new RunRequest.Connections(
        address, connections, send.map(AdviseCommand::unescaped), time("--hold", hold));
  }

  private static String unescaped(String text) {
    var plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        char next = text.charAt(++i);
        switch (next) {
          case 'n' -> plain.append('\n');
          case 'r' -> plain.append('\r');
          case 't' -> plain.append('\t');
          case '\\' -> plain.append('\\');
          default -> plain.append('\\').append(next);
        }
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private int advise(CargoArguments cargo, RunWords run, OptionalLong limitGiven)
      throws IOException, BudgetException, SettingsException {
    var environment = System.getenv();
    var console = Terminal.console(cargo.color(), environment);
    var build = new PlainBuild(cargo, environment, console);
    int exitCode = build.run();
    if (exitCode != 0) {
      return exitCode;
    }
    var program = one(build.programs());
    var folder = Optional.ofNullable(program.manifest().getParent()).orElse(Path.of(""));
    var facts =
        ProgramFacts.of(
            program.name(),
            program.file(),
            program.triple(),
            build.crates(program).names(),
            new Room.Sources(chip, memory, folder, build.scriptFolders()),
            limitGiven.isPresent() ? limitGiven : limitOf(folder));
    var all = measured(facts, program, run, environment);
    Advice advice = Rules.decide(all);
    var out = spec.commandLine().getOut();
    out.print(
        json
            ? AdviceJson.render(all, advice) + "\n"
            : AdviceText.render(
                all, advice, console.outStyle(), Terminal.columns(environment), sources));
    out.flush();
    return ExitCode.DONE;
  }

  private static PlainBuild.Program one(List<PlainBuild.Program> programs) throws IOException {
    if (programs.size() != 1) {
      throw new IOException(
          programs.isEmpty()
              ? "cargo built no program: name one by --bin or --example"
              : "cargo built several programs ("
                  + programs.stream()
                      .map(PlainBuild.Program::name)
                      .collect(Collectors.joining(", "))
                  + "): name one by --bin or --example");
    }
    return programs.getFirst();
  }

  /// The size of a module that the manifest's budget allows.
  private static OptionalLong limitOf(Path folder) throws SettingsException {
    return BudgetSettings.read(folder).limits().stream()
        .filter(l -> l.kind() == BudgetSettings.Kind.WASM_RAW)
        .map(BudgetSettings.Limit::max)
        .findFirst()
        .orElse(OptionalLong.empty());
  }

  private Facts measured(
      ProgramFacts program,
      PlainBuild.Program built,
      RunWords words,
      Map<String, String> environment)
      throws IOException {
    var host = Host.here();
    if (words.command().isEmpty()) {
      return new Facts(program, Optional.empty(), Optional.empty(), host);
    }
    if (program.kind() == Kind.FIRMWARE || program.kind() == Kind.WASM) {
      throw new IOException(
          "a %s is not run: what /proc says would be its emulator's; leave out -- and what follows"
              .formatted(program.kind().text()));
    }
    var file = built.file().toAbsolutePath();
    var command = words.command().stream().map(w -> w.equals("{}") ? file.toString() : w).toList();
    RunFacts run = MeasuredRun.of(new RunRequest(command, file, words.load(), words.timeout()));
    return new Facts(program, Optional.of(run), threadCost(environment), host);
  }

  private Optional<ThreadCost> threadCost(Map<String, String> environment) {
    var rustc = environment.getOrDefault("RUSTC", "");
    try {
      return Optional.of(ThreadCost.measure(rustc.isEmpty() ? "rustc" : rustc));
    } catch (IOException e) {
      spec.commandLine().getErr().println("warning: " + FileProblem.of(e));
      return Optional.empty();
    }
  }
}
