package dev.pollard.build;

import dev.pollard.capture.Capture;
import dev.pollard.capture.CaptureFile;
import dev.pollard.capture.CapturePolicy;
import dev.pollard.capture.CapturePolicy.Decision;
import dev.pollard.capture.Capturer;
import dev.pollard.capture.PrivateFolder;
import dev.pollard.capture.RustcCall;
import dev.pollard.capture.RustcRunner;
import dev.pollard.config.Settings;
import dev.pollard.prune.PruneOutcome;
import dev.pollard.prune.Pruner;
import dev.pollard.prune.StackFacts;
import dev.pollard.report.BuildReport;
import dev.pollard.report.Measurement;
import dev.pollard.report.json.BuildReportJson;
import dev.pollard.size.ArtifactSizes;
import dev.pollard.toolchain.ToolchainLocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the wrapper does for one rustc call that may make a final artifact.
///
/// From the moment that rustc has ended well the artifact is safe: whatever goes wrong afterwards,
/// the stock one is published and rustc's success is returned.
public final class FinalBuild {
  private final Pruner pruner;
  private final Settings settings;
  private final BuildListener listener;

  public FinalBuild(Pruner pruner, Settings settings, BuildListener listener) {
    this.pruner = pruner;
    this.settings = settings;
    this.listener = listener;
  }

  /// Runs one call to its end.
  ///
  /// @return the exit code for cargo
  /// @throws IOException when rustc itself cannot be started
  public int run(RustcCall call) throws IOException {
    return switch (CapturePolicy.decide(call.arguments())) {
      case Decision.PassOn _ -> RustcRunner.runAsAsked(call);
      case Decision.Stock(var reason) -> stock(call, reason);
      case Decision.Prune _ -> prune(call, false);
      case Decision.PruneCdylibApart _ -> prune(call, true);
    };
  }

  private int stock(RustcCall call, String reason) throws IOException {
    int exitCode = RustcRunner.runAsAsked(call);
    if (exitCode == 0) {
      left(call, reason);
    }
    return exitCode;
  }

  private int prune(RustcCall call, boolean apart) throws IOException {
    var out = Path.of(call.arguments().outDir().orElseThrow());
    PrivateFolder folder;
    try {
      folder =
          PrivateFolder.create(
              TargetFolder.of(out).resolve("pollard").resolve("work"),
              call.arguments().crateName().orElse("") + call.arguments().extraFilename());
    } catch (IOException e) {
      return stock(call, "cannot make a folder to work in: " + e.getMessage());
    }
    try (folder;
        var session = pruner.open(settings, listener.progress(artifactName(call)))) {
      var capturer =
          new Capturer(
              new ToolchainLocator(ToolchainLocator.userCache(call.environment())), session::begin);
      var result =
          apart
              ? capturer.captureApart(call, folder.path())
              : capturer.capture(call, folder.path());
      return switch (result) {
        case Capturer.Result.Failed(int exitCode) -> exitCode;
        case Capturer.Result.Stock(var outputs, var reason) -> {
          publish(folder, out, outputs, Path.of(""), Path.of(""));
          left(call, reason);
          yield 0;
        }
        case Capturer.Result.Captured(var outputs, var capture) -> {
          keep(capture, call.environment());
          var outcome = session.finish(capture);
          BisectFolder.keep(out, capture, outcome, call.environment());
          finish(folder, out, outputs, capture, outcome);
          yield 0;
        }
      };
    }
  }

  private void finish(
      PrivateFolder folder, Path out, List<Path> outputs, Capture capture, PruneOutcome outcome)
      throws IOException {
    var report = report(capture, outcome);
    switch (outcome) {
      case PruneOutcome.Pruned pruned ->
          publish(folder, out, outputs, capture.stockArtifact(), pruned.artifact());
      case PruneOutcome.Fallback _ -> publish(folder, out, outputs, Path.of(""), Path.of(""));
    }
    BuildReportJson.write(
        report, TargetFolder.of(out).resolve("pollard").resolve(capture.name() + ".json"));
    listener.finished(report);
  }

  private BuildReport report(Capture capture, PruneOutcome outcome) throws IOException {
    var stock = measurement(capture.askedArtifact(), outcome.stockStack());
    var seconds = new LinkedHashMap<String, Duration>();
    seconds.put(BuildReport.RUSTC, capture.rustcTime());
    seconds.putAll(outcome.seconds());
    var toolchain = "rustc " + capture.toolchain().release();
    Measurement pruned = stock;
    List<PruneOutcome.PassGain> passes = List.of();
    Optional<String> fallback = Optional.empty();
    switch (outcome) {
      case PruneOutcome.Pruned p -> {
        pruned = measurement(p.artifact(), p.prunedStack());
        passes = p.passes();
      }
      case PruneOutcome.Fallback f -> fallback = Optional.of(f.reason());
    }
    return new BuildReport(
        capture.name(),
        capture.target().triple(),
        toolchain,
        settings.effort(),
        stock,
        pruned,
        passes,
        outcome.stockStack().pollFrames().size(),
        fallback,
        seconds);
  }

  private static Measurement measurement(Path artifact, StackFacts stack) throws IOException {
    return Measurement.of(ArtifactSizes.of(artifact), stack.pollFrames(), stack.deepestPollPath());
  }

  private static void publish(
      PrivateFolder folder, Path out, List<Path> outputs, Path replaced, Path replacement)
      throws IOException {
    new Publisher(folder.path(), out).publish(outputs, replaced, replacement);
  }

  /// `POLLARD_KEEP_CAPTURE=DIR` keeps a capture for tools that run one stage alone.
  private static void keep(Capture capture, Map<String, String> environment) throws IOException {
    var wanted = environment.getOrDefault("POLLARD_KEEP_CAPTURE", "");
    if (wanted.isEmpty()) {
      return;
    }
    var target = Files.createDirectories(Path.of(wanted)).toRealPath();
    CaptureFile.copy(capture, target.resolve(capture.name()));
  }

  private void left(RustcCall call, String reason) {
    listener.stock(artifactName(call), reason);
  }

  private static String artifactName(RustcCall call) {
    return call.arguments().crateName().orElse("");
  }
}
