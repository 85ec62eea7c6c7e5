package dev.pollard.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A program that the command line names.
final class ProgramFile {
  private ProgramFile() {}

  /// Refuses a folder, of which reading says less.
  ///
  /// @throws IOException with the way out
  static void require(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": is a folder: give a program in it");
    }
  }
}
