package dev.pollard.advise.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/// The machine that a program runs on here.
///
/// @param processors that this process may use
/// @param memory bytes that are free for a program: what the kernel calls available, or the limit
///   of the control group where that is less
/// @param threadLimit how many threads a user may have, by the least of the limits that there are
public record Host(int processors, long memory, long threadLimit) {
  private static final Path ROOT = Path.of("/");

  /// This machine.
  public static Host here() {
    return at(ROOT, Runtime.getRuntime().availableProcessors());
  }

  /// The machine whose `/proc` and `/sys` lie below a folder.
  static Host at(Path root, int processors) {
    long available =
        ProcText.fields(text(root.resolve("proc/meminfo"))).getOrDefault("MemAvailable", 0L);
    long memory =
        LongStream.concat(
                LongStream.of(available),
                numbers(
                    root, "sys/fs/cgroup/memory.max", "sys/fs/cgroup/memory/memory.limit_in_bytes"))
            .min()
            .orElse(available);
    long threads =
        LongStream.concat(
                ProcText.processLimit(text(root.resolve("proc/self/limits"))).stream(),
                numbers(
                    root,
                    "proc/sys/kernel/threads-max",
                    "sys/fs/cgroup/pids.max",
                    "sys/fs/cgroup/pids/pids.max"))
            .min()
            .orElse(Long.MAX_VALUE);
    return new Host(processors, memory, threads);
  }

  private static LongStream numbers(Path root, String... files) {
    return Arrays.stream(files)
        .map(f -> ProcText.number(text(root.resolve(f)).strip()))
        .flatMapToLong(OptionalLong::stream);
  }

  private static String text(Path file) {
    try {
      return ProcText.read(file);
    } catch (IOException e) {
      return ""; // a limit that is not there does not hold
    }
  }
}
