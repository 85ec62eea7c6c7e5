package dev.pollard.prune;

import dev.pollard.capture.Capture;
import dev.pollard.capture.EarlyCapture;

/// The pruning of one artifact, beside the rustc call that makes the stock one.
public interface PruneSession extends AutoCloseable {
  /// Hears that the bitcode is there while rustc still runs: what can be done now costs no time
  /// later. May never be called.
  void begin(EarlyCapture early);

  /// Ends the work once rustc has ended. Never touches the stock artifact.
  PruneOutcome finish(Capture capture);

  /// Ends all processes.
  @Override
  void close();
}
