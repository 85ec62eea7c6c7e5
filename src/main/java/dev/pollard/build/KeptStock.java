package dev.pollard.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// The stock artifact of a build whose pruned one took its place: it lies in `target/pollard/stock`
/// by the name of the report, so that the two can be shown side by side. It is moved there, which
/// takes no time and no more space than the build had, or copied where cargo's own is replaced;
/// without it nothing is missing but that.
public final class KeptStock {
  private KeptStock() {}

  /// The stock artifact that was kept of a report's artifact, if it is there.
  ///
  /// @param folder that the artifact is in, or that rustc wrote to
  /// @param artifact the name of the report
  public static Optional<Path> of(Path folder, String artifact) {
    return Optional.of(file(folder, artifact)).filter(Files::isRegularFile);
  }

  /// Keeps it, by a move, in the place of that of an earlier build.
  static void keep(Path stock, Path outDir, String artifact) {
    forget(outDir, artifact);
    if (!Files.isRegularFile(stock)) {
      return;
    }
    Path to = file(outDir, artifact);
    try {
      Files.createDirectories(folder(outDir));
      Publisher.move(stock, to);
    } catch (IOException _) {
      forget(outDir, artifact); // better none than half of one
    }
  }

  /// Keeps a copy of it, before another artifact takes its place.
  static void keepCopy(Path stock, Path outDir, String artifact) {
    try {
      Path copy = Files.createTempFile(TargetFolder.pollard(outDir), "stock", "");
      try {
        Files.copy(
            stock, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        keep(copy, outDir, artifact);
      } finally {
        Files.deleteIfExists(copy);
      }
    } catch (IOException _) {
      forget(outDir, artifact);
    }
  }

  /// Takes it away: it is of another program than what a build makes now.
  static void forget(Path outDir, String artifact) {
    try {
      Files.deleteIfExists(file(outDir, artifact));
    } catch (IOException _) {
      // Who shows it compares its size with the report's.
      return;
    }
  }

  private static Path file(Path folder, String artifact) {
    return folder(folder).resolve(artifact);
  }

  private static Path folder(Path outDir) {
    return TargetFolder.pollard(outDir).resolve("stock");
  }
}
