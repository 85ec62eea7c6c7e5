package dev.pollard.build;

import java.nio.file.Files;
import java.nio.file.Path;

/// Finds cargo's target folder, and what Pollard keeps there, from where a rustc call writes.
public final class TargetFolder {
  /// How far up it is looked for: `deps`, the profile, the target, and cargo's newer layout of
  /// `build/<package>/<hash>/out`.
  private static final int LEVELS = 7;

  private TargetFolder() {}

  /// The folder above `outDir` that cargo marks: with `.rustc_info.json`, which is written late in
  /// a first build, or with `CACHEDIR.TAG`, which the folder of a `--target` has too. Without a
  /// mark the folder above the profile's.
  public static Path of(Path outDir) {
    var folder = outDir.toAbsolutePath().normalize();
    var candidate = folder;
    for (int i = 0; i < LEVELS && candidate != null; i++) {
      if (isMarked(candidate)) {
        return topmost(candidate);
      }
      candidate = candidate.getParent();
    }
    var profile = folder.getParent();
    var above = profile == null ? null : profile.getParent();
    return above == null ? folder : above;
  }

  /// Pollard's own folder in the target folder above `outDir`.
  public static Path pollard(Path outDir) {
    return of(outDir).resolve("pollard");
  }

  /// Where the report of an artifact lies, whether or not there is one.
  ///
  /// @param folder that the artifact is in, or that rustc writes to
  public static Path report(Path folder, String artifact) {
    return pollard(folder).resolve(artifact + ".json");
  }

  private static Path topmost(Path marked) {
    var top = marked;
    while (!Files.exists(top.resolve(".rustc_info.json"))) {
      var parent = top.getParent();
      if (parent == null || !isMarked(parent)) {
        break;
      }
      top = parent;
    }
    return top;
  }

  private static boolean isMarked(Path folder) {
    return Files.exists(folder.resolve(".rustc_info.json"))
        || Files.exists(folder.resolve("CACHEDIR.TAG"));
  }
}
