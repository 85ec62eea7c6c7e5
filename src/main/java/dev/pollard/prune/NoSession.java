package dev.pollard.prune;

import dev.pollard.capture.Capture;
import java.util.Map;

/// A session that could not even begin.
///
/// @param reason one line for people
record NoSession(String reason) implements PruneSession {
  @Override
  public PruneOutcome finish(Capture capture) {
    return new PruneOutcome.Fallback(reason, StackFacts.NONE, Map.of());
  }

  @Override
  public void close() {}
}
