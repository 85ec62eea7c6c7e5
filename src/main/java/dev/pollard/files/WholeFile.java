package dev.pollard.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// Files that are never seen half-written.
public final class WholeFile {
  private WholeFile() {}

  /// Replaces a file by a rename: whoever reads sees the old text or this one. A symbolic link
  /// stays one, and a file keeps its mode unless it is to be executable.
  ///
  /// @throws IOException when it cannot be written; the old one stays
  public static void replace(Path named, String text, boolean executable) throws IOException {
    var file = Files.exists(named) ? named.toRealPath() : named;
    var folder = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
    var temporary = Files.createTempFile(folder, ".pollard", ".tmp");
    try {
      Files.writeString(temporary, text);
      if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(
            temporary,
            !executable && Files.exists(file)
                ? Files.getPosixFilePermissions(file)
                : PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
