package dev.pollard.advise.run;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What one run of a program showed.
///
/// @param command what was run
/// @param end how it ended, in words
/// @param whole from its start to its end
/// @param loaded while the load was held; empty without a load
/// @param threads the most that it had at once
/// @param idleMemory resident bytes before the load; without a load 0
/// @param peakMemory the most resident bytes, by the kernel's own mark
/// @param listened whether it took TCP connections
/// @param connections the most TCP connections that it had at once
/// @param load what the built-in load did; empty without it
/// @param stretches the longest stretches on a processor, by the names of threads
/// @param longStretches how many were over [#LONG_STRETCH]
/// @param readings how many times all threads were read
public record RunFacts(
    List<String> command,
    String end,
    Window whole,
    Optional<Window> loaded,
    int threads,
    long idleMemory,
    long peakMemory,
    boolean listened,
    int connections,
    Optional<Load> load,
    List<Stretches.Longest> stretches,
    int longStretches,
    long readings) {
  /// A stretch of so many milliseconds without a sleep keeps an executor's other tasks waiting: a
  /// hundred times the upper end of what tokio's authors ask for between two awaits (10 to 100
  /// microseconds), and above what readings some milliseconds apart can mistake.
  public static final double LONG_STRETCH = 10;

  public RunFacts {
    command = List.copyOf(command);
    stretches = List.copyOf(stretches);
  }

  /// A part of a run.
  ///
  /// @param seconds by the clock
  /// @param cpu seconds on processors
  /// @param queued seconds that threads were ready to run and had no processor
  /// @param voluntary switches of threads that went to sleep
  /// @param involuntary switches of threads that had to make room
  public record Window(
      double seconds, double cpu, double queued, long voluntary, long involuntary) {
    /// What it used of one processor: 1 for all of its time.
    public double share() {
      return seconds > 0 ? cpu / seconds : 0;
    }

    /// What it would have used of one processor, had the machine been idle otherwise.
    public double demand() {
      return seconds > 0 ? (cpu + queued) / seconds : 0;
    }
  }

  /// What the built-in load did.
  ///
  /// @param asked how many connections it was to hold
  /// @param opened how many it had open at once
  /// @param answers replies to what it sent, while it was held
  /// @param memoryPerConnection resident bytes that each connection added; empty when there were
  ///   too few
  public record Load(int asked, int opened, long answers, OptionalDouble memoryPerConnection) {}

  /// The part that tells what the program does: under load where there was one.
  public Window window() {
    return loaded.orElse(whole);
  }

  /// Milliseconds of processor time for each time that it waited. Under the built-in load an answer
  /// is a wait of its connection's task too, also where no thread slept: the larger count decides.
  public double cpuPerWait() {
    return 1000 * window().cpu() / Math.max(1, waits());
  }

  /// How often it waited in that sense.
  public long waits() {
    return Math.max(window().voluntary(), load.map(Load::answers).orElse(0L));
  }

  /// The longest stretch on a processor, milliseconds; 0 when none was seen.
  public double longestStretch() {
    return stretches.isEmpty() ? 0 : stretches.getFirst().milliseconds();
  }

  /// Readings for each second of the run.
  public double rate() {
    return whole.seconds() > 0 ? readings / whole.seconds() : 0;
  }
}
