package dev.pollard.capture;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/// How long a process would have taken without this one and its workers beside it, which share the
/// cores with it: what the clock says, less the processor time that they used meanwhile, but not
/// less than the processor time that it used itself, with what it starts, such as the linker.
final class OwnTime {
  private static final Duration LOOK = Duration.ofMillis(20);

  private final Process process;
  private final long start = System.nanoTime();
  private final Map<Long, Duration> used = new HashMap<>();
  private final Map<Long, Duration> usedBeside = new HashMap<>();
  private final Map<Long, Duration> usedBefore = new HashMap<>();
  private long looked = start;

  private OwnTime(Process process) {
    this.process = process;
    beside().forEach(h -> h.info().totalCpuDuration().ifPresent(t -> usedBefore.put(h.pid(), t)));
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
        beside().forEach(this::lookBeside);
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// This process and its workers, which start nothing.
  private Stream<ProcessHandle> beside() {
    ProcessHandle self = ProcessHandle.current();
    return Stream.concat(Stream.of(self), self.children().filter(h -> h.pid() != process.pid()));
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

  private synchronized void lookBeside(ProcessHandle handle) {
    handle.info().totalCpuDuration().ifPresent(now -> usedBeside.put(handle.pid(), now));
  }

  /// The time from its start to its end, once it has ended. What it did after the last look counts
  /// as the clock has it, and so does all of it where the system does not tell.
  synchronized Times end() {
    long end = System.nanoTime();
    beside().forEach(this::lookBeside);
    Duration all = Duration.ofNanos(end - start);
    Duration own = sum(used).plusNanos(end - looked);
    Duration without = all.minus(sum(usedBeside)).plus(sum(usedBefore));
    Duration alone = own.compareTo(without) > 0 ? own : without;
    return new Times(all, alone.compareTo(all) < 0 ? alone : all);
  }

  private static Duration sum(Map<Long, Duration> times) {
    return times.values().stream().reduce(Duration.ZERO, Duration::plus);
  }

  /// @param all from start to end by the clock
  /// @param alone without this process and its workers beside it, at most `all`
  record Times(Duration all, Duration alone) {}
}
