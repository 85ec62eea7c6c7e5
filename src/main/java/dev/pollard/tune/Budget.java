package dev.pollard.tune;

import dev.pollard.config.Effort;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// How long a search may go on. While rustc still runs there is no end in sight; once it has ended,
/// the end is set by how long it took.
public final class Budget {
  private OptionalLong deadline = OptionalLong.empty();

  /// Sets the end from now on.
  public synchronized void endIn(Duration time) {
    deadline = OptionalLong.of(System.nanoTime() + time.toNanos());
  }

  /// Whether something that takes `time` can still be done. A step whose length nobody knows yet is
  /// begun only while no end is set.
  public synchronized boolean allows(Duration time) {
    return deadline.isEmpty() || System.nanoTime() + time.toNanos() < deadline.getAsLong();
  }

  /// What a search may plan to add to a final rustc call that took `rustc`, all in all. Of the two
  /// calls that `default` may take an eighth is left for what takes longer than expected.
  ///
  /// @param time what `max` may take, where somebody said so
  public static Duration total(Effort effort, Optional<Duration> time, Duration rustc) {
    return switch (effort) {
      case FAST -> rustc;
      case DEFAULT -> rustc.multipliedBy(7).dividedBy(4);
      case MAX -> time.orElse(Duration.ofMinutes(20));
    };
  }
}
