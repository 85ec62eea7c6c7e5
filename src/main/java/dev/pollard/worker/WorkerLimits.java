package dev.pollard.worker;

import java.time.Duration;

/// What a worker may use before it is stopped.
///
/// @param memory resident bytes, heap and LLVM together
/// @param time the longest that one job may take
public record WorkerLimits(long memory, Duration time) {
  public WorkerLimits {
    if (memory < 1 || time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("limits must be positive: " + memory + ", " + time);
    }
  }
}
