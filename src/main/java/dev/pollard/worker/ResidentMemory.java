package dev.pollard.worker;

import dev.pollard.toolchain.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/// How much memory another process has resident.
final class ResidentMemory {
  private ResidentMemory() {}

  /// Bytes; empty when the process is gone or the platform does not tell.
  static OptionalLong of(long pid) {
    Path status = Path.of("/proc/" + pid + "/status");
    try {
      if (Files.exists(Path.of("/proc/self/status"))) {
        for (String line : Files.readAllLines(status)) {
          if (line.startsWith("VmRSS:")) {
            return kibibytes(line.substring("VmRSS:".length()).replace("kB", ""));
          }
        }
        return OptionalLong.empty();
      }
      return kibibytes(
          Processes.run(List.of("ps", "-o", "rss=", "-p", Long.toString(pid))).output());
    } catch (IOException _) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong kibibytes(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text.strip()) << 10);
    } catch (NumberFormatException _) {
      return OptionalLong.empty();
    }
  }
}
