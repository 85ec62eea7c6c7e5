package dev.pollard.prune;

import dev.pollard.capture.Capture;
import dev.pollard.capture.EarlyCapture;
import dev.pollard.capture.TargetSpec;
import dev.pollard.toolchain.Toolchain;
import java.util.Map;

/// A session that could not even begin.
///
/// @param reason one line for people
record NoSession(String reason) implements PruneSession {
  @Override
  public void expect(Toolchain toolchain, TargetSpec target) {}

  @Override
  public void begin(EarlyCapture early) {}

  @Override
  public PruneOutcome finish(Capture capture) {
    return new PruneOutcome.Fallback(reason, StackFacts.NONE, Map.of());
  }

  @Override
  public void close() {}
}
