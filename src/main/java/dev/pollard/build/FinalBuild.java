package dev.pollard.build;

import dev.pollard.capture.Capture;
import dev.pollard.capture.CaptureFile;
import dev.pollard.capture.CapturePolicy;
import dev.pollard.capture.CapturePolicy.Decision;
import dev.pollard.capture.Capturer;
import dev.pollard.capture.DiskSpace;
import dev.pollard.capture.PrivateFolder;
import dev.pollard.capture.RustcCall;
import dev.pollard.capture.RustcRunner;
import dev.pollard.config.Settings;
import dev.pollard.diagnostic.FileProblem;
import dev.pollard.prune.PruneOutcome;
import dev.pollard.prune.PruneSession;
import dev.pollard.prune.Pruner;
import dev.pollard.prune.StackFacts;
import dev.pollard.report.BuildReport;
import dev.pollard.report.Measurement;
import dev.pollard.report.PassGain;
import dev.pollard.report.json.BuildReportJson;
import dev.pollard.size.ArtifactSizes;
import dev.pollard.toolchain.KnownLlvm;
import dev.pollard.toolchain.Toolchain;
import dev.pollard.toolchain.ToolchainException;
import dev.pollard.toolchain.ToolchainLocator;
import dev.pollard.tune.Tuning;
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
  private final Tuning tuning;
  private final BuildListener listener;

  /// @param tuning what is known of the program from earlier searches
  public FinalBuild(Pruner pruner, Settings settings, Tuning tuning, BuildListener listener) {
    this.pruner = pruner;
    this.settings = settings;
    this.tuning = tuning;
    this.listener = listener;
  }

  /// How a call ended.
  ///
  /// @param exitCode for cargo
  /// @param repeat whether the next build should make the artifact again though nothing of the
  ///   program has changed: it is stock, or its report is missing, because of something that may be
  ///   over by then, such as a full disk
  public record Ended(int exitCode, boolean repeat) {}

  /// Runs one call to its end.
  ///
  /// @throws IOException when rustc itself cannot be started, or its artifact cannot be put in its
  ///   place
  public Ended run(RustcCall call) throws IOException {
    return switch (CapturePolicy.decide(call)) {
      case Decision.PassOn _ -> new Ended(RustcRunner.runAsAsked(call), false);
      case Decision.Stock(var reason) -> stock(call, reason, false);
      case Decision.Prune _ -> prune(call, false);
      case Decision.PruneCdylibApart _ -> prune(call, true);
    };
  }

  private Ended stock(RustcCall call, String reason, boolean repeat) throws IOException {
    int exitCode = RustcRunner.runAsAsked(call);
    if (exitCode == 0) {
      forget(call);
      left(call, reason);
    }
    return new Ended(exitCode, repeat);
  }

  private Ended prune(RustcCall call, boolean apart) throws IOException {
    var locator = new ToolchainLocator(ToolchainLocator.userCache(call.environment()));
    Toolchain toolchain;
    try {
      // Before rustc runs, because an old one does not know all that a capture asks for.
      toolchain = locator.locate(call.rustc());
      KnownLlvm.require(toolchain, call.environment());
    } catch (ToolchainException e) {
      return stock(call, String.valueOf(e.getMessage()), false);
    }
    var work = pollardFolder(call).resolve("work");
    PrivateFolder folder;
    try {
      folder =
          PrivateFolder.create(
              work, call.arguments().crateName().orElse("") + call.arguments().extraFilename());
    } catch (IOException e) {
      return stock(
          call,
          "cannot make a folder to work in: %s (make it writable, or name another with --target-dir)"
              .formatted(FileProblem.of(e)),
          true);
    }
    // What a prune leaves on the disk is gone before anything else is written there.
    Step made;
    try (folder;
        var session =
            pruner.open(
                settings, listener.progress(artifactName(call)), toolchain.libLlvm(), tuning)) {
      made = made(call, folder, new Capturer(locator, session), session, apart);
    }
    return switch (made) {
      case Step.Failed(int exitCode) -> new Ended(exitCode, false);
      case Step.AsAsked(var reason) -> stock(call, reason, true);
      case Step.Left(var reason) -> {
        forget(call);
        left(call, reason);
        yield new Ended(0, false);
      }
      case Step.Finished finished -> finished(call, finished);
    };
  }

  /// How far it came in the private folder.
  private sealed interface Step {
    /// rustc failed.
    record Failed(int exitCode) implements Step {}

    /// There is no artifact yet: rustc is to run as cargo asked.
    record AsAsked(String reason) implements Step {}

    /// The stock artifact is in its place, and nothing else is known.
    record Left(String reason) implements Step {}

    /// The artifact is in its place.
    record Finished(BuildReport report, PastBuild past, boolean repeat) implements Step {}
  }

  private Step made(
      RustcCall call, PrivateFolder folder, Capturer capturer, PruneSession session, boolean apart)
      throws IOException {
    var out = outDir(call);
    var result =
        apart ? capturer.captureApart(call, folder.path()) : capturer.capture(call, folder.path());
    return switch (result) {
      case Capturer.Result.Failed(int exitCode) -> new Step.Failed(exitCode);
      case Capturer.Result.Died(int signal) ->
          new Step.AsAsked("rustc died beside Pollard's workers (signal %d)".formatted(signal));
      case Capturer.Result.OutOfSpace _ -> new Step.AsAsked(DiskSpace.reason(folder.path()));
      case Capturer.Result.Stock(var outputs, var reason) -> {
        publish(folder, out, outputs, Path.of(""), Path.of(""));
        yield new Step.Left(reason);
      }
      case Capturer.Result.Captured(var outputs, var capture) -> {
        keep(capture, call.environment());
        var outcome = session.finish(capture);
        BisectFolder.keep(out, capture, outcome, call.environment());
        yield published(call, folder, outputs, capture, outcome);
      }
    };
  }

  private Step published(
      RustcCall call,
      PrivateFolder folder,
      List<Path> outputs,
      Capture capture,
      PruneOutcome outcome)
      throws IOException {
    var out = outDir(call);
    boolean full =
        outcome instanceof PruneOutcome.Fallback(var reason, _, _)
            && DiskSpace.ranOut(folder.path(), reason);
    BuildReport report;
    PastBuild past;
    try {
      report =
          report(
              call,
              capture,
              full
                  ? new PruneOutcome.Fallback(
                      DiskSpace.reason(folder.path()), outcome.stockStack(), outcome.seconds())
                  : outcome);
      past = PastBuild.of(out, report.artifact(), artifact(capture, outcome));
    } catch (IOException e) {
      publish(folder, out, outputs, Path.of(""), Path.of(""));
      return new Step.Left("the artifacts cannot be measured: " + FileProblem.of(e));
    }
    switch (outcome) {
      case PruneOutcome.Pruned pruned -> {
        pruned.remarks().forEach(r -> listener.warned(report.artifact(), r));
        Path stock = capture.askedArtifact();
        boolean inItsPlace = !stock.startsWith(folder.path());
        if (inItsPlace) {
          past.keepCopyOfStock(stock);
        }
        publish(folder, out, outputs, capture.stockArtifact(), pruned.artifact());
        if (!inItsPlace) {
          past.keepStock(stock);
        }
      }
      case PruneOutcome.Fallback _ -> publish(folder, out, outputs, Path.of(""), Path.of(""));
    }
    return new Step.Finished(report, past, full);
  }

  private static Path artifact(Capture capture, PruneOutcome outcome) {
    return outcome instanceof PruneOutcome.Pruned pruned
        ? pruned.artifact()
        : capture.askedArtifact();
  }

  /// Takes away the report that an earlier build left of what this call has made anew.
  public static void forget(RustcCall call) {
    if (call.arguments().outDir().isEmpty()) {
      return;
    }
    // A report has the name that cargo gives the artifact, which may have a dash for an underscore.
    String name = artifactName(call);
    // A shared library has no extra file name.
    List<String> names = List.of(name, name + call.arguments().extraFilename().replace('-', '_'));
    try (var reports = Files.newDirectoryStream(pollardFolder(call), "*.json")) {
      for (Path report : reports) {
        String artifact = report.getFileName().toString().replaceFirst("\\.json$", "");
        if (names.contains(artifact.replace('-', '_'))) {
          deleteIfPossible(report);
        }
      }
    } catch (IOException e) {
      return; // there is no such folder, and so no report
    }
  }

  private Ended finished(RustcCall call, Step.Finished step) {
    var report = step.report();
    var file = TargetFolder.report(outDir(call), report.artifact());
    boolean written = true;
    try {
      BuildReportJson.write(report, file);
      step.past().keepReport(file);
    } catch (IOException e) {
      written = false;
      // Better no report than that of another artifact.
      deleteIfPossible(file);
      listener.warned(
          report.artifact(), "its report cannot be written: " + file + ": " + FileProblem.of(e));
    }
    listener.finished(report);
    return new Ended(0, step.repeat() || !written);
  }

  private static void deleteIfPossible(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException _) {
      // It was told already that this file cannot be written.
      return;
    }
  }

  private static Path outDir(RustcCall call) {
    return Path.of(call.arguments().outDir().orElseThrow());
  }

  private static Path pollardFolder(RustcCall call) {
    return TargetFolder.pollard(outDir(call));
  }

  private BuildReport report(RustcCall call, Capture capture, PruneOutcome outcome)
      throws IOException {
    var stock = measurement(capture.askedArtifact(), outcome.stockStack());
    var seconds = new LinkedHashMap<String, Duration>();
    seconds.put(BuildReport.RUSTC, capture.rustcTime());
    seconds.put("beside rustc", capture.besideTime());
    seconds.putAll(outcome.seconds());
    var toolchain = "rustc " + capture.toolchain().release();
    Measurement pruned = stock;
    List<PassGain> passes = List.of();
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
        call.arguments().targetName().orElse(capture.toolchain().host()),
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
    try {
      new Publisher(folder.path(), out).publish(outputs, replaced, replacement);
    } catch (IOException e) {
      throw new IOException("the artifact cannot be put into " + out + ": " + FileProblem.of(e), e);
    }
  }

  /// `POLLARD_KEEP_CAPTURE=DIR` keeps a capture for tools that run one stage alone.
  private void keep(Capture capture, Map<String, String> environment) {
    var wanted = environment.getOrDefault("POLLARD_KEEP_CAPTURE", "");
    if (wanted.isEmpty()) {
      return;
    }
    try {
      var target = Files.createDirectories(Path.of(wanted)).toRealPath();
      CaptureFile.copy(capture, target.resolve(capture.name()));
    } catch (IOException e) {
      listener.warned(
          capture.name(), "the capture cannot be kept in " + wanted + ": " + FileProblem.of(e));
    }
  }

  private void left(RustcCall call, String reason) {
    listener.stock(
        artifactName(call),
        reason + settings.repro().map(f -> " (nothing is there to pack in " + f + ")").orElse(""));
  }

  private static String artifactName(RustcCall call) {
    return call.arguments().crateName().orElse("");
  }
}
