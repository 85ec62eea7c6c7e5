package dev.pollard.cli;

import dev.pollard.config.PackageMetadata;
import dev.pollard.diagnostic.FileProblem;
import dev.pollard.doctor.Checkup;
import dev.pollard.doctor.DoctorJson;
import dev.pollard.doctor.DoctorText;
import dev.pollard.toolchain.Processes;
import dev.pollard.toolchain.ToolchainLocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pollard doctor`: a toolchain, and the state of async Rust in it.
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    version = PollardCommand.VERSION,
    description =
        "Tells what Pollard can do with a toolchain, and which gaps async Rust still has in it.",
    footer = {
      "",
      "Every answer about the language comes from compiling a small program with this very rustc,",
      "with its feature gate where it refuses. The project's sources are searched for what runs",
      "into a gap.",
      "",
      "  pollard doctor                 the rustc at hand",
      "  pollard +nightly doctor        a toolchain of rustup's",
      "  RUSTC=/usr/bin/rustc pollard doctor"
    })
final class DoctorCommand implements Callable<Integer> {
  /// How many places are named for each gap.
  private static final int PLACES = 3;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "+TOOLCHAIN",
      description = "a toolchain of rustup's, such as +nightly")
  private Optional<String> toolchain = Optional.empty();

  @Option(
      names = "--manifest-path",
      paramLabel = "FILE",
      description =
          "the project's Cargo.toml; default: that of the folder at hand, if there is one")
  private Optional<Path> manifest = Optional.empty();

  @Option(
      names = "-n",
      paramLabel = "N",
      description = "name the first N places for each gap, 0 for all; default: 3")
  private int places = PLACES;

  @Option(names = "--json", description = "print JSON (pollard.doctor/1)")
  private boolean json;

  @Option(names = "--color", paramLabel = "WHEN", description = "auto, always or never")
  private Optional<String> color = Optional.empty();

  @Override
  public Integer call() {
    var errors = spec.commandLine().getErr();
    if (toolchain.filter(t -> !t.startsWith("+")).isPresent()) {
      errors.println("error: a toolchain is named with a +, such as +nightly");
      return ExitCode.USAGE;
    }
    if (manifest.isPresent() && !Files.isRegularFile(manifest.get())) {
      errors.println("error: " + manifest.get() + ": there is no such manifest");
      return ExitCode.FAILED;
    }
    try {
      var locator = new ToolchainLocator(ToolchainLocator.userCache(System.getenv()));
      var checkup = Checkup.of(rustc(), locator::locate, project(), System.getenv());
      var out = spec.commandLine().getOut();
      if (json) {
        out.println(DoctorJson.render(checkup));
      } else {
        var style = Terminal.console(color, System.getenv()).outStyle();
        out.print(DoctorText.render(checkup, style, places == 0 ? Integer.MAX_VALUE : places));
      }
      out.flush();
      return ExitCode.DONE;
    } catch (IOException e) {
      errors.println("error: " + FileProblem.of(e));
      return ExitCode.FAILED;
    }
  }

  private String rustc() throws IOException {
    if (toolchain.isEmpty()) {
      var named = System.getenv().getOrDefault("RUSTC", "");
      return named.isEmpty() ? "rustc" : named;
    }
    var name = toolchain.get().substring(1);
    var found = Processes.run(List.of("rustup", "which", "--toolchain", name, "rustc"));
    if (!found.succeeded()) {
      throw new IOException("rustup has no toolchain " + name + ": " + found.firstError());
    }
    return found.output().strip();
  }

  private Optional<Path> project() {
    return manifest
        .map(m -> Optional.ofNullable(m.toAbsolutePath().getParent()))
        .orElse(PackageMetadata.enclosing(Path.of("").toAbsolutePath()));
  }
}
