package dev.pollard.prune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

/// Which build of Pollard this is: another one may decide otherwise, so it is part of every key.
final class BuildVersion {
  private BuildVersion() {}

  /// The program's own jar by size and time, or the folder of its classes by time.
  static String text() {
    CodeSource source = BuildVersion.class.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return "unknown";
    }
    Path file = Path.of(source.getLocation().getPath());
    try {
      return Files.size(file) + "@" + Files.getLastModifiedTime(file).toMillis();
    } catch (IOException _) {
      return "unknown";
    }
  }
}
