package dev.pollard.advise.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds how long threads compute without once going to sleep.
///
/// Between two readings of a thread at which the kernel counts the same voluntary switches, the
/// thread never slept; the processor time between them is that of one stretch. What a stretch had
/// before its first reading and after its last is not seen, so each is at least as long as told. A
/// thread that sleeps inside a blocking call ends its stretch: this cannot tell it from one that
/// waits for work.
public final class Stretches {
  private static final double MILLION = 1e6;

  private final Map<Long, Reading> last = new HashMap<>();
  private final Map<Long, Reading> begun = new HashMap<>();
  private final Map<String, Longest> longest = new HashMap<>();
  private int over;
  private final double limit;

  private record Reading(long cpu, long switches) {}

  /// The longest stretch of the threads of one name.
  ///
  /// @param thread its name
  /// @param milliseconds of processor time
  /// @param count how many stretches of theirs were over the limit
  public record Longest(String thread, double milliseconds, int count) {}

  /// @param limit milliseconds from which on a stretch is counted
  Stretches(double limit) {
    this.limit = limit;
  }

  /// Whether a thread has used the processor since it was last read; its switches need not be read
  /// otherwise.
  boolean moved(long thread, long cpu) {
    var before = last.get(thread);
    return before == null || before.cpu != cpu;
  }

  /// Takes a reading.
  ///
  /// @param cpu nanoseconds on a processor so far
  /// @param switches voluntary ones so far
  void read(long thread, String name, long cpu, long switches) {
    var now = new Reading(cpu, switches);
    var before = last.put(thread, now);
    var start = begun.get(thread);
    if (before == null || start == null || before.switches != switches) {
      begun.put(thread, now);
      return;
    }
    double sofar = (before.cpu - start.cpu) / MILLION;
    double milliseconds = (cpu - start.cpu) / MILLION;
    boolean crosses = sofar < limit && milliseconds >= limit;
    if (crosses) {
      over++;
    }
    longest.merge(
        name,
        new Longest(name, milliseconds, crosses ? 1 : 0),
        (a, b) -> new Longest(name, Math.max(a.milliseconds, b.milliseconds), a.count + b.count));
  }

  /// A thread ended.
  void end(long thread) {
    last.remove(thread);
    begun.remove(thread);
  }

  /// The longest of each name, the longest first.
  List<Longest> longest() {
    var all = new ArrayList<>(longest.values());
    all.sort(Comparator.comparingDouble(Longest::milliseconds).reversed());
    return all;
  }

  /// How many were over the limit.
  int over() {
    return over;
  }
}
