package dev.pollard.build;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// Moves finished files from the private folder to where cargo expects them, each by one rename: at
/// any moment a reader sees the old file or the new one whole.
final class Publisher {
  private final Path from;
  private final Path to;

  Publisher(Path from, Path to) {
    this.from = from;
    this.to = to;
  }

  /// Publishes all `outputs`, the dep-info last; `replacement` goes out in the place of `replaced`.
  void publish(List<Path> outputs, Path replaced, Path replacement) throws IOException {
    for (var output : outputs) {
      var name = output.getFileName().toString();
      if (name.endsWith(".d")) {
        continue;
      }
      move(output.equals(replaced) ? replacement : output, to.resolve(name));
    }
    for (var output : outputs) {
      if (output.getFileName().toString().endsWith(".d")) {
        Files.writeString(
            output, DepInfoFile.moved(Files.readString(output), from.toString(), to.toString()));
        move(output, to.resolve(output.getFileName()));
      }
    }
  }

  static void move(Path source, Path target) throws IOException {
    try {
      Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      var beside = Files.createTempFile(target.toAbsolutePath().getParent(), ".pollard", "");
      try {
        Files.copy(
            source,
            beside,
            StandardCopyOption.REPLACE_EXISTING,
            StandardCopyOption.COPY_ATTRIBUTES);
        Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(beside);
      }
    }
  }
}
