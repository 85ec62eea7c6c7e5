package dev.pollard.prune;

import dev.pollard.capture.Capture;
import dev.pollard.capture.CaptureListener;

/// The pruning of one artifact, beside the rustc call that makes the stock one.
public interface PruneSession extends CaptureListener, AutoCloseable {
  /// Ends the work once rustc has ended. Never touches the stock artifact.
  PruneOutcome finish(Capture capture);

  /// Ends all processes.
  @Override
  void close();
}
