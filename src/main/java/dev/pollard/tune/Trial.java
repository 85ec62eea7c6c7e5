package dev.pollard.tune;

import java.time.Duration;
import java.util.Map;

/// A recipe tried.
///
/// @param time how long it took to make, without waiting for a worker
/// @param functions bytes of code by function, where they were asked for and the object tells
public record Trial(Evaluation evaluation, Duration time, Map<String, Long> functions) {
  /// Without functions.
  public Trial(Evaluation evaluation, Duration time) {
    this(evaluation, time, Map.of());
  }

  public Trial {
    functions = Map.copyOf(functions);
  }
}
