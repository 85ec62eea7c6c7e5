package dev.pollard.prune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files in a build's private folder, which goes as a whole at the end.
final class ScratchFiles {
  private ScratchFiles() {}

  /// Deletes one early, so that a search does not need the space of all its trials at once.
  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException _) {
      return; // it goes with its folder
    }
  }
}
