package dev.pollard.cli;

import dev.pollard.bisect.BisectException;
import dev.pollard.bisect.Bisection;
import dev.pollard.build.BisectFolder;
import dev.pollard.capture.CaptureFile;
import dev.pollard.cargo.CargoArguments;
import dev.pollard.cargo.Subcommand;
import dev.pollard.config.Settings;
import dev.pollard.config.SettingsException;
import dev.pollard.config.SettingsLayer;
import dev.pollard.prune.Decisions;
import dev.pollard.prune.Repro;
import dev.pollard.worker.WorkerLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `pollard bisect`: builds once through cargo, then makes programs of what that build left.
@Command(
    name = "bisect",
    header = "Finds the pass and the function behind a program that misbehaves when pruned.",
    synopsisHeading = "Usage: pollard bisect [OPTIONS] [-- COMMAND [ARGUMENT...]]%n",
    customSynopsis = "",
    footer = {
      "",
      "All other options before -- are cargo build's, and must name one program:",
      "--bin, --example, --test, --target …",
      "",
      "COMMAND tests the program that lies where cargo put it, $POLLARD_ARTIFACT. A",
      "word {} stands for its path; a COMMAND of one word is a line for the shell;",
      "without COMMAND the program itself is run. Exit code 0: good; 125: cannot be",
      "tested; all else: bad. It must not build. Afterwards the program that pollard",
      "build makes lies there again.",
      "",
      "  pollard bisect --bin server -- ./smoke-test.sh",
      "  pollard bisect --target thumbv7m-none-eabi -- qemu-system-arm … -kernel {}",
      "  pollard bisect --test api"
    })
final class BisectCommand extends CargoCommand {
  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description =
          "a test that takes longer is bad; by default ten times what the stock program takes, "
              + "and at least 30s")
  private Optional<String> timeout = Optional.empty();

  private List<String> command = List.of();

  BisectCommand() {
    super(Subcommand.BUILD);
  }

  @Override
  List<String> cargoWords(List<String> given) {
    var parts = CargoArguments.atEnd(given);
    command = parts.getLast();
    return parts.getFirst();
  }

  @Override
  Optional<String> complaint(CargoArguments cargo) {
    if (cargo.messageFormat().isPresent()) {
      return Optional.of("--message-format has no use here");
    }
    try {
      var _ = limit();
      return Optional.empty();
    } catch (SettingsException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Optional<Duration> limit() throws SettingsException {
    return timeout.isEmpty()
        ? Optional.empty()
        : Optional.of(Settings.time(new SettingsLayer.Value(timeout.get(), "--timeout")));
  }

  @Override
  int run(Request request, Map<String, String> environment) throws IOException {
    var variables = new TreeMap<>(request.layer().toEnvironment());
    variables.put(
        BisectFolder.VARIABLE, ProcessHandle.current().pid() + "-" + System.currentTimeMillis());
    var cargo = request.start(environment);
    int exitCode = cargo.run(request.cargo(), variables, false, ExitCode.FAILED);
    if (exitCode != 0) {
      return exitCode;
    }
    var left = new ArrayList<Path>();
    var artifacts = new ArrayList<Path>();
    cargo
        .artifacts()
        .forEach((name, file) -> {
          var folder = BisectFolder.of(parent(file), name);
          if (Files.exists(folder.resolve(Decisions.NAME))) {
            left.add(folder);
            artifacts.add(file);
          }
        });
    try {
      if (left.size() != 1) {
        errors()
            .println(
                left.isEmpty()
                    ? "error: no program was pruned, so there is nothing to search"
                    : "error: several programs were pruned ("
                        + String.join(", ", cargo.artifacts().keySet())
                        + "); name one by --bin, --example or --test");
        return ExitCode.FAILED;
      }
      return search(left.getFirst(), artifacts.getFirst(), request.settings());
    } finally {
      for (var folder : left) {
        BisectFolder.delete(folder);
      }
    }
  }

  private static Path parent(Path file) {
    return Optional.ofNullable(file.getParent()).orElse(Path.of(""));
  }

  private int search(Path folder, Path artifact, Settings settings) throws IOException {
    var capture = CaptureFile.read(folder.resolve(CaptureFile.NAME));
    var decisions = Decisions.read(folder.resolve(Decisions.NAME));
    var limits = new WorkerLimits(settings.memoryLimit(), settings.timeLimit());
    try {
      var request =
          new Bisection.Request(
              capture, decisions, limits, artifact.toAbsolutePath(), command, limit());
      var lines = Bisection.run(request, line -> errors().println("bisect " + line));
      var out = out();
      out.println();
      lines.forEach(out::println);
      out.flush();
      if (settings.repro().isPresent()) {
        Repro.write(
            settings.repro().get(),
            capture,
            decisions.options().toString(),
            Optional.of(decisions.recipe()),
            decisions.options(),
            "misbehaves when pruned\n\n" + String.join("\n", lines));
        errors().println("bisect packed " + settings.repro().get());
      }
      return ExitCode.DONE;
    } catch (BisectException e) {
      errors().println("error: " + e.getMessage());
      return ExitCode.FAILED;
    } catch (SettingsException e) {
      throw new IllegalStateException(e);
    }
  }
}
