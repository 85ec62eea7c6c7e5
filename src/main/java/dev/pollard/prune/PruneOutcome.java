package dev.pollard.prune;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// How a prune ended. Whatever it is, the stock artifact is untouched: the caller swaps.
public sealed interface PruneOutcome {
  /// How long each stage took, in the order in which they ran.
  Map<String, Duration> seconds();

  /// A smaller artifact that passed every check.
  ///
  /// @param artifact the pruned artifact, beside the stock one's private folder
  /// @param passes what each pass gave
  record Pruned(Path artifact, List<PassGain> passes, Map<String, Duration> seconds)
      implements PruneOutcome {}

  /// The stock artifact stays.
  ///
  /// @param reason one line for people
  record Fallback(String reason, Map<String, Duration> seconds) implements PruneOutcome {}

  /// What one pass gave.
  ///
  /// @param name the pass
  /// @param count how many things it changed
  /// @param flashSaved flash bytes
  /// @param stackSaved stack bytes, summed over poll functions
  record PassGain(String name, long count, long flashSaved, long stackSaved) {}
}
