package dev.pollard.prune;

import dev.pollard.report.PassGain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How a prune ended. Whatever it is, the stock artifact is untouched: the caller swaps.
public sealed interface PruneOutcome {
  /// How long each stage took after rustc had ended, in the order in which they ran.
  Map<String, Duration> seconds();

  /// The stack of the stock artifact's poll functions, as far as it is known.
  StackFacts stockStack();

  /// A smaller artifact that passed every check.
  ///
  /// @param artifact the pruned artifact, beside the stock one's private folder
  /// @param decisions what made it
  /// @param passes what each pass gave
  /// @param unchanged whether the program was pruned before, and that result was taken
  /// @param remarks what people should know beside it, one line each
  record Pruned(
      Path artifact,
      Decisions decisions,
      List<PassGain> passes,
      boolean unchanged,
      StackFacts stockStack,
      StackFacts prunedStack,
      List<String> remarks,
      Map<String, Duration> seconds)
      implements PruneOutcome {
    public Pruned {
      passes = List.copyOf(passes);
      remarks = List.copyOf(remarks);
      seconds = Collections.unmodifiableMap(new LinkedHashMap<>(seconds));
    }
  }

  /// The stock artifact stays.
  ///
  /// @param reason one line for people
  record Fallback(String reason, StackFacts stockStack, Map<String, Duration> seconds)
      implements PruneOutcome {
    public Fallback {
      seconds = Collections.unmodifiableMap(new LinkedHashMap<>(seconds));
    }
  }
}
