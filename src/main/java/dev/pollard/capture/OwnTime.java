package dev.pollard.capture;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/// How long a process takes for itself: its processor time and that of what it starts, such as the
/// linker, if that is less than what the clock says. Where workers share the cores with it the
/// clock counts their work too.
final class OwnTime {
  private static final Duration LOOK = Duration.ofMillis(20);

  private final Process process;
  private final long start = System.nanoTime();
  private final Map<Long, Duration> used = new HashMap<>();
  private long looked = start;

  private OwnTime(Process process) {
    this.process = process;
  }

  /// Begins to look at a process that has just been started.
  static OwnTime of(Process process) {
    OwnTime time = new OwnTime(process);
    Thread.startVirtualThread(time::look);
    return time;
  }

  private void look() {
    try {
      while (process.isAlive()) {
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).forEach(this::look);
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void look(ProcessHandle handle) {
    handle
        .info()
        .totalCpuDuration()
        .ifPresent(now -> {
          used.put(handle.pid(), now);
          looked = System.nanoTime();
        });
  }

  /// The time from its start to its end, once it has ended. What it did after the last look counts
  /// as the clock has it, and so does all of it where the system does not tell.
  synchronized Times end() {
    long end = System.nanoTime();
    Duration all = Duration.ofNanos(end - start);
    Duration own =
        used.values().stream().reduce(Duration.ZERO, Duration::plus).plusNanos(end - looked);
    return new Times(all, own.compareTo(all) < 0 ? own : all);
  }

  /// @param all from start to end by the clock
  /// @param own the process's own share, at most `all`
  record Times(Duration all, Duration own) {}
}
