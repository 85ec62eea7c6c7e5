package dev.pollard.prune;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// How long each stage took; stages follow each other without gaps.
final class Stopwatch {
  private final Map<String, Duration> seconds = new LinkedHashMap<>();
  private long last = System.nanoTime();

  /// Starts anew: what came before belongs to nobody.
  void start() {
    last = System.nanoTime();
  }

  /// Ends the stage at hand under this name.
  void lap(String stage) {
    long now = System.nanoTime();
    seconds.merge(stage, Duration.ofNanos(now - last), Duration::plus);
    last = now;
  }

  Map<String, Duration> seconds() {
    return seconds;
  }
}
