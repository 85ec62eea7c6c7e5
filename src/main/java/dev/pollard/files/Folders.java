package dev.pollard.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// Folders as a whole.
public final class Folders {
  private Folders() {}

  /// Deletes a folder and all that is in it; does nothing when it is not there.
  ///
  /// @throws IOException when something cannot be deleted; the rest may be gone
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (UncheckedIOException e) {
      throw new IOException("cannot delete " + folder, e);
    }
  }
}
