package dev.pollard.build;

import dev.pollard.capture.Capture;
import dev.pollard.capture.CaptureFile;
import dev.pollard.files.Folders;
import dev.pollard.prune.Decisions;
import dev.pollard.prune.PruneOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Where a build leaves what `pollard bisect` needs to make its programs again and again without
/// cargo and rustc: the capture and the decisions.
public final class BisectFolder {
  /// Asks for it. The value is another one each time: cargo then calls rustc even if nothing has
  /// changed, and calls it once more for the next build without, whatever a bisection that was
  /// killed left in the artifact's place.
  public static final String VARIABLE = "POLLARD_BISECT";

  private BisectFolder() {}

  /// The folder for an artifact.
  ///
  /// @param outDir a folder below cargo's target folder
  public static Path of(Path outDir, String artifact) {
    return TargetFolder.pollard(outDir).resolve("bisect").resolve(artifact);
  }

  /// Leaves a capture there when the environment asks for it. A fallback leaves nothing.
  static void keep(
      Path outDir, Capture capture, PruneOutcome outcome, Map<String, String> environment)
      throws IOException {
    if (environment.getOrDefault(VARIABLE, "").isEmpty()) {
      return;
    }
    var folder = of(outDir, capture.name());
    delete(folder);
    if (outcome instanceof PruneOutcome.Pruned pruned) {
      CaptureFile.copy(capture, Files.createDirectories(folder).toRealPath());
      pruned.decisions().write(folder.resolve(Decisions.NAME));
    }
  }

  /// Takes it away.
  ///
  /// @throws IOException when something cannot be deleted
  public static void delete(Path folder) throws IOException {
    Folders.delete(folder);
  }
}
