package dev.pollard.bisect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Where cargo put the artifact, and where one program after another lies while it is tested. What
/// was there before is put back, also when this process is told to end.
final class Place implements AutoCloseable {
  private final Path artifact;
  private final Path aside;
  private final Thread hook = new Thread(this::putBack);
  private boolean taken;

  /// @param artifact the file that cargo made
  Place(Path artifact) {
    this.artifact = artifact;
    this.aside = beside(".pollard-built");
  }

  private Path beside(String suffix) {
    return artifact.resolveSibling("." + artifact.getFileName() + suffix);
  }

  /// Puts a copy of `program` there, by one rename.
  synchronized void put(Path program) throws IOException {
    var copy = beside(".pollard-trial");
    Files.copy(
        program, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    if (!taken) {
      Runtime.getRuntime().addShutdownHook(hook);
      taken = true;
      Files.move(artifact, aside, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(copy, artifact, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Whether `program` still lies there: a test that builds replaces it.
  boolean holds(Path program) throws IOException {
    return Files.exists(artifact) && Files.mismatch(program, artifact) < 0;
  }

  private synchronized void putBack() {
    if (!taken) {
      return;
    }
    try {
      Files.deleteIfExists(beside(".pollard-trial"));
      Files.move(
          aside, artifact, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      taken = false;
    } catch (IOException e) {
      System.err.println("pollard: cannot put " + artifact + " back: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    putBack();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // This process ends already, and the hook is at work.
      return;
    }
  }
}
