package dev.pollard.cli;

import dev.pollard.build.TuneRequest;
import dev.pollard.cargo.CargoArguments;
import dev.pollard.cargo.Subcommand;
import dev.pollard.config.Setting;
import dev.pollard.report.table.TuneTable;
import dev.pollard.tune.TuneFile;
import dev.pollard.tune.Tuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `pollard tune`: a build that searches for longer, and keeps what it found in `pollard.tune`.
@Command(
    name = "tune",
    header = "Searches which calls are better inlined; later builds use what it finds.",
    footer = {
      "",
      "All other options are cargo build's: -p --bin --target --features …",
      "What is found goes to pollard.tune beside the package's manifest, to be committed;",
      "pollard build uses it without searching. Goes on from what is there already.",
      "May be stopped at any time: what was found until then is kept.",
      "",
      "  pollard tune --time 10m --bin firmware --target thumbv7em-none-eabihf"
    })
final class TuneCommand extends CargoCommand {
  /// How many functions are named at the end.
  private static final int NAMED = 15;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "equal seeds search in the same order (1)")
  private long seed = 1;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "end after so many trials: the result does not hang on the machine's speed")
  private Optional<Integer> trials = Optional.empty();

  @Option(
      names = {"-w", "--wide"},
      description = "name every function that something was decided about")
  private boolean wide;

  TuneCommand() {
    super(Subcommand.BUILD);
  }

  @Override
  Optional<String> complaint(CargoArguments cargo) {
    if (cargo.messageFormat().isPresent()) {
      return Optional.of("--message-format has no use here");
    }
    return trials.filter(t -> t < 1).map(t -> "--trials: " + t + " is no number from 1 on");
  }

  @Override
  int run(Request request, Map<String, String> environment) throws IOException {
    var begun = FileTime.fromMillis(System.currentTimeMillis());
    var variables = new TreeMap<>(request.layer().toEnvironment());
    variables.putIfAbsent(Setting.EFFORT.variable(), "max");
    variables.put(
        TuneRequest.VARIABLE,
        TuneRequest.value(
            ProcessHandle.current().pid() + "-" + System.currentTimeMillis(),
            new Tuning.Request(seed, trials.map(OptionalInt::of).orElse(OptionalInt.empty()))));
    var cargo = request.start(environment);
    int exitCode =
        cargo.run(request.cargo(), variables, request.settings().denyFallback(), ExitCode.FAILED);
    var logs = new ArrayList<Path>();
    cargo
        .artifacts()
        .forEach((name, file) -> {
          var folder = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
          logs.add(TuneRequest.log(folder, name.replace('-', '_')));
        });
    boolean found = false;
    for (var log : logs) {
      if (Files.exists(log) && Files.getLastModifiedTime(log).compareTo(begun) >= 0) {
        found = true;
        var read = TuneRequest.readLog(log);
        out().println();
        out()
            .print(
                TuneTable.render(
                    read, wide ? Integer.MAX_VALUE : NAMED, request.style(environment)));
        out().println("  kept in " + read.file());
        out().flush();
      }
    }
    if (exitCode == 0 && !found) {
      errors()
          .println(
              "error: no program was tuned: only what is built at opt-level s or z and was pruned can be");
      return ExitCode.FAILED;
    }
    if (exitCode > 128) {
      errors().println("stopped: what was found until then is in " + TuneFile.NAME);
    }
    return exitCode;
  }
}
