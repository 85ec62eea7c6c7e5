package dev.pollard.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Whether something failed because a disk is full. A prune needs several times the space of a
/// stock build, so that stock may still fit.
public final class DiskSpace {
  /// Less than this, bytes, is none: what hit the end may have left the rest of a block, or have
  /// taken a small file of its own back.
  private static final long NONE = 256 << 10;

  /// How rustc, LLVM and linkers say it, and that a quota is used up. Rust's numbers are those of
  /// the system, whatever its language.
  private static final List<String> WORDS =
      List.of(
          "No space left on device",
          "no space left on device",
          "os error 28)",
          "Disk quota exceeded",
          "os error 122)");

  private DiskSpace() {}

  /// Whether it looks so: by the space that is left, or by what was said. Wrong only in the
  /// direction that costs nothing but time.
  ///
  /// @param folder where was written, and where what was written still is
  /// @param said what the program that failed said
  public static boolean ranOut(Path folder, String said) {
    if (WORDS.stream().anyMatch(said::contains)) {
      return true;
    }
    try {
      return Files.getFileStore(folder).getUsableSpace() < NONE;
    } catch (IOException _) {
      // Whatever it was, it said something else.
      return false;
    }
  }

  /// One line for people.
  ///
  /// @param folder a private folder; it is gone when they look, so the one above it is named
  public static String reason(Path folder) {
    return "no space left for a prune in "
        + Optional.ofNullable(folder.getParent()).orElse(folder)
        + ": make room there, or name another folder with --target-dir";
  }
}
