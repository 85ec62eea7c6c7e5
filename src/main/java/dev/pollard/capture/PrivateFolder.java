package dev.pollard.capture;

import dev.pollard.files.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// A folder of one wrapper process, where rustc writes instead of into cargo's own.
///
/// What `-C save-temps` leaves behind (bitcode, `rustcXXXXXX/`, `rmetaXXXXXX/`) never reaches
/// cargo's folders, the swap into them is one rename, and a wrapper that was killed leaves nothing
/// but this folder, which the next build takes away. Its name ends in the process id, by which a
/// dead owner is known.
public final class PrivateFolder implements AutoCloseable {
  private static final Pattern OWNED = Pattern.compile(".+@(\\d+)");

  private final Path path;

  private PrivateFolder(Path path) {
    this.path = path;
  }

  /// Creates the folder under `work`, after clearing away what dead processes left there.
  ///
  /// @throws IOException when it cannot be created: a read-only target folder, a full disk
  public static PrivateFolder create(Path work, String name) throws IOException {
    Files.createDirectories(work);
    sweep(work);
    var path = work.resolve(name + "@" + ProcessHandle.current().pid());
    delete(path);
    return new PrivateFolder(Files.createDirectory(path));
  }

  /// The folder itself.
  public Path path() {
    return path;
  }

  /// Removes the folders whose owners are gone.
  static void sweep(Path work) throws IOException {
    List<Path> folders;
    try (var entries = Files.list(work)) {
      folders = entries.toList();
    }
    for (var folder : folders) {
      var owned = OWNED.matcher(folder.getFileName().toString());
      if (owned.matches() && !isAlive(owned.group(1))) {
        delete(folder);
      }
    }
  }

  private static boolean isAlive(String pid) {
    try {
      return ProcessHandle.of(Long.parseLong(pid)).map(ProcessHandle::isAlive).orElse(false)
          && !isZombie(pid);
    } catch (NumberFormatException e) {
      return true;
    }
  }

  /// A process that was killed and that nobody has waited for is still listed.
  private static boolean isZombie(String pid) {
    try {
      String status = Files.readString(Path.of("/proc", pid, "stat"));
      return status.startsWith(" Z", status.lastIndexOf(')') + 1);
    } catch (IOException e) {
      return false; // no such platform, or gone by now
    }
  }

  private static void delete(Path folder) {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      // Another process sweeps the same folder, or it may not be deleted: it stays, and harms
      // nothing but the disk.
      return;
    }
  }

  @Override
  public void close() {
    delete(path);
  }
}
