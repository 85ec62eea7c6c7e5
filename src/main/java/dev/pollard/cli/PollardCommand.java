package dev.pollard.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The root command: prints its help when no subcommand is given.
@Command(
    name = "pollard",
    mixinStandardHelpOptions = true,
    version = PollardCommand.VERSION,
    description = "Measures, explains and removes the cost of async state machines in Rust builds.",
    footer = {
      "",
      "pollard demo, from a checkout, shows all this on a real firmware.",
      "Also answers as: cargo pollard COMMAND. A +toolchain may come first, as with cargo.",
      "Exit codes: 0 done; 2 usage; 100 findings; 101 could not be done; else cargo's own."
    })
public final class PollardCommand implements Callable<Integer> {
  static final String VERSION = "pollard 0.1.0";

  /// Every command by its name, in the order in which the help lists them.
  private static final Map<String, Supplier<Object>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("build", CargoCommand.Build::new);
    COMMANDS.put("run", CargoCommand.Run::new);
    COMMANDS.put("test", CargoCommand.Test::new);
    COMMANDS.put("bench", CargoCommand.Bench::new);
    COMMANDS.put("install", CargoCommand.Install::new);
    COMMANDS.put("init", InitCommand::new);
    COMMANDS.put("inspect", InspectCommand::new);
    COMMANDS.put("diff", DiffCommand::new);
    COMMANDS.put("budget", BudgetCommand::new);
    COMMANDS.put("tune", TuneCommand::new);
    COMMANDS.put("bisect", BisectCommand::new);
    COMMANDS.put("lint", LintCommand::new);
    COMMANDS.put("mir", MirCommand::new);
    COMMANDS.put("advise", AdviseCommand::new);
    COMMANDS.put("doctor", DoctorCommand::new);
    COMMANDS.put("opt", OptCommand::new);
  }

  @Spec private CommandSpec spec;

  /// The names of all commands.
  public static List<String> names() {
    return List.copyOf(COMMANDS.keySet());
  }

  /// The command of that name, of all its options.
  static Object command(String name) {
    return Optional.ofNullable(COMMANDS.get(name)).orElseThrow().get();
  }

  /// Runs one command line.
  ///
  /// @return the exit code
  public static int execute(List<String> words) {
    return execute(words, writer(System.out), writer(System.err));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  /// As [#execute(List)], with what the commands themselves print sent elsewhere.
  static int execute(List<String> words, PrintWriter out, PrintWriter errors) {
    // Without picocli: it takes 100 ms to start, and scripts ask for the version.
    if (words.equals(List.of("--version")) || words.equals(List.of("-V"))) {
      out.println(VERSION);
      return ExitCode.DONE;
    }
    var line = new ArrayList<>(words);
    // rustup's `+toolchain` comes first; cargo's commands find it before their other words.
    if (line.size() > 1 && line.getFirst().startsWith("+")) {
      var toolchain = line.removeFirst();
      line.add(1, toolchain);
    }
    var root = new CommandLine(new PollardCommand());
    // One command's annotations are read instead of all.
    var named = line.isEmpty() ? "" : line.getFirst();
    COMMANDS.forEach((name, command) -> {
      if (name.equals(named) || !COMMANDS.containsKey(named)) {
        root.addSubcommand(name, new CommandLine(command.get()));
      }
    });
    var subcommand = root.getSubcommands().get(named);
    List<String> arguments = line;
    if (subcommand != null && subcommand.getCommand() instanceof TakesCargoWords) {
      arguments = new ArrayList<>(List.of(named));
      arguments.addAll(Passthrough.part(subcommand.getCommandSpec(), line.subList(1, line.size())));
      root.setEndOfOptionsDelimiter(Passthrough.DELIMITER);
      root.setExpandAtFiles(false);
    }
    root.setCaseInsensitiveEnumValuesAllowed(true);
    return root.setOut(out).setErr(errors).execute(arguments.toArray(String[]::new));
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return ExitCode.USAGE;
  }
}
