package dev.pollard.cli;

import dev.pollard.build.BisectFolder;
import dev.pollard.build.BuildListener;
import dev.pollard.build.DepInfoFile;
import dev.pollard.build.FinalBuild;
import dev.pollard.build.TuneRequest;
import dev.pollard.capture.CapturePolicy;
import dev.pollard.capture.RustcArguments;
import dev.pollard.capture.RustcCall;
import dev.pollard.capture.RustcRunner;
import dev.pollard.cargo.ProgressClient;
import dev.pollard.config.PackageMetadata;
import dev.pollard.config.Setting;
import dev.pollard.config.Settings;
import dev.pollard.config.SettingsException;
import dev.pollard.config.SettingsLayer;
import dev.pollard.diagnostic.FileProblem;
import dev.pollard.diagnostic.Progress;
import dev.pollard.prune.Pruner;
import dev.pollard.report.BuildReport;
import dev.pollard.toolchain.KnownLlvm;
import dev.pollard.toolchain.Processes;
import dev.pollard.tune.TuneFileException;
import dev.pollard.tune.Tuning;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What `pollard-rustc` runs for a call that may make a final artifact: not for people, and not
/// read by picocli, because every word after it is rustc's.
public final class RustcWrapperCommand {
  /// The word by which `Main` knows it.
  public static final String NAME = "rustc-wrapper";

  /// Switches Pollard off, for one build.
  private static final String OFF = "POLLARD_OFF";

  /// As rustc itself ends when it found an error: cargo repeats the whole call for any other code.
  private static final int COMPILER_ERROR = 1;

  /// A file that never is: cargo makes an artifact again that depends on it.
  private static final String AGAIN = ".pollard-build-again";

  /// What a user may change when an artifact stayed stock, and then wants to see it built again.
  private static final List<String> STOCK_DEPENDS_ON =
      List.of(
          Setting.DENY_FALLBACK.variable(),
          Setting.MEMORY_LIMIT.variable(),
          Setting.TIME_LIMIT.variable(),
          KnownLlvm.ANY);

  private final Pruner pruner;

  public RustcWrapperCommand(Pruner pruner) {
    this.pruner = pruner;
  }

  /// Runs one rustc call.
  ///
  /// @param arguments the compiler, then its arguments
  /// @return the exit code for cargo
  public int run(List<String> arguments, Map<String, String> environment) {
    if (arguments.isEmpty()) {
      System.err.println("pollard " + NAME + ": no compiler given");
      return ExitCode.USAGE;
    }
    var directory = Path.of("").toAbsolutePath();
    var compiler = new ArrayList<String>();
    var chained = environment.getOrDefault("POLLARD_CHAIN", "");
    if (!chained.isEmpty()) {
      compiler.add(chained);
    }
    compiler.add(arguments.getFirst());
    try {
      int exitCode =
          run(
              new RustcCall(
                  compiler,
                  RustcArguments.parse(arguments.subList(1, arguments.size()), directory),
                  directory,
                  environment));
      var signal = Processes.death(exitCode);
      // The launcher would take the code of a dead rustc for that of a dead Java.
      if (signal.isPresent()) {
        System.err.println(
            "error: " + arguments.getFirst() + " died (signal " + signal.getAsInt() + ")");
        return COMPILER_ERROR;
      }
      return exitCode;
    } catch (IOException e) {
      System.err.println(
          "error: pollard, in place of " + arguments.getFirst() + ": " + FileProblem.of(e));
      return COMPILER_ERROR;
    }
  }

  private int run(RustcCall call) throws IOException {
    if (CapturePolicy.decide(call) instanceof CapturePolicy.Decision.PassOn) {
      return RustcRunner.runAsAsked(call);
    }
    var environment = call.environment();
    if (!environment.getOrDefault(OFF, "").isEmpty()) {
      int exitCode = RustcRunner.runAsAsked(call);
      if (exitCode == 0) {
        FinalBuild.forget(call);
        DepInfoFile.add(
            call.arguments(), List.of(), Map.of(OFF, Optional.ofNullable(environment.get(OFF))));
      }
      return exitCode;
    }
    Settings settings;
    PackageMetadata metadata;
    try {
      metadata = PackageMetadata.read(call.manifestFolder());
      settings =
          Settings.of(
              metadata.layer().under(SettingsLayer.ofEnvironment(environment, call.directory())));
      KnownPasses.check(settings);
    } catch (SettingsException e) {
      System.err.println("error: " + e.getMessage());
      return COMPILER_ERROR;
    }
    try {
      return build(call, settings, metadata, TuneRequest.of(call));
    } catch (TuneFileException e) {
      System.err.println("error: " + e.getMessage());
      return COMPILER_ERROR;
    }
  }

  private int build(RustcCall call, Settings settings, PackageMetadata metadata, Tuning tuning)
      throws IOException {
    var environment = call.environment();
    PrintStream errors = System.err;
    try (var client = ProgressClient.open(environment, errors)) {
      var listener = new Watching(client);
      var ended = finalBuild(call, settings, tuning, listener);
      if (ended.exitCode() != 0) {
        return ended.exitCode();
      }
      var files = new ArrayList<>(metadata.manifests());
      installation().ifPresent(files::add);
      Optional.of(TuneRequest.file(call)).filter(Files::exists).ifPresent(files::add);
      if (ended.repeat()) {
        files.add(call.directory().resolve(AGAIN));
      }
      var variables = new TreeMap<String, Optional<String>>();
      for (var setting : Setting.values()) {
        if (setting.changesArtifact()) {
          track(environment, setting.variable(), variables);
        }
      }
      // Who asks for a reproducer wants one, whatever was built before.
      track(environment, Setting.REPRO.variable(), variables);
      track(environment, OFF, variables);
      track(environment, BisectFolder.VARIABLE, variables);
      track(environment, TuneRequest.VARIABLE, variables);
      if (listener.reason.isPresent()) {
        STOCK_DEPENDS_ON.forEach(v -> track(environment, v, variables));
      }
      DepInfoFile.add(call.arguments(), files, variables);
      if (listener.reason.isPresent() && settings.denyFallback()) {
        System.err.println(
            "error: %s: stock artifact kept: %s (deny-fallback is set)"
                .formatted(call.arguments().crateName().orElse(""), listener.reason.get()));
        return COMPILER_ERROR;
      }
      return 0;
    }
  }

  private FinalBuild.Ended finalBuild(
      RustcCall call, Settings settings, Tuning tuning, BuildListener listener) throws IOException {
    try {
      return new FinalBuild(pruner, settings, tuning, listener).run(call);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // However far it came: rustc makes the artifact as cargo asked, over whatever lies there.
      int exitCode = RustcRunner.runAsAsked(call);
      if (exitCode == 0) {
        FinalBuild.forget(call);
        var trace = e.getStackTrace();
        listener.stock(
            call.arguments().crateName().orElse(""),
            "an error of Pollard's own: " + e + (trace.length > 0 ? ", at " + trace[0] : ""));
      }
      return new FinalBuild.Ended(exitCode, true);
    }
  }

  private static void track(
      Map<String, String> environment, String name, Map<String, Optional<String>> variables) {
    variables.put(name, Optional.ofNullable(environment.get(name)));
  }

  /// A file that changes whenever Pollard itself does: another Pollard makes another artifact.
  private static Optional<Path> installation() {
    return Optional.ofNullable(System.getProperty("pollard.home"))
        .map(home -> Path.of(home, "target", "launcher", "current"));
  }

  /// Sees on the way through why the artifact stays stock, if it does.
  private static final class Watching implements BuildListener {
    private final BuildListener next;
    private Optional<String> reason = Optional.empty();

    Watching(BuildListener next) {
      this.next = next;
    }

    @Override
    public Progress progress(String artifact) {
      return next.progress(artifact);
    }

    @Override
    public void stock(String artifact, String reason) {
      this.reason = Optional.of(reason);
      next.stock(artifact, reason);
    }

    @Override
    public void warned(String artifact, String problem) {
      next.warned(artifact, problem);
    }

    @Override
    public void finished(BuildReport report) {
      reason = reason.or(report::fallback);
      next.finished(report);
    }
  }
}
