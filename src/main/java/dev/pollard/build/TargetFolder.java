package dev.pollard.build;

import java.nio.file.Files;
import java.nio.file.Path;

/// Finds cargo's target folder from where a rustc call writes.
public final class TargetFolder {
  /// How far up it is looked for: `deps`, the profile, the target, and cargo's newer layout of
  /// `build/<package>/<hash>/out`.
  private static final int LEVELS = 7;

  private TargetFolder() {}

  /// The folder above `outDir` that cargo marks with `.rustc_info.json`; without a mark the folder
  /// above the profile's.
  public static Path of(Path outDir) {
    var folder = outDir.toAbsolutePath().normalize();
    var candidate = folder;
    for (int i = 0; i < LEVELS; i++) {
      if (Files.exists(candidate.resolve(".rustc_info.json"))) {
        return candidate;
      }
      var parent = candidate.getParent();
      if (parent == null) {
        break;
      }
      candidate = parent;
    }
    var profile = folder.getParent();
    var above = profile == null ? null : profile.getParent();
    return above == null ? folder : above;
  }
}
