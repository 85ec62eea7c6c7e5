package dev.pollard.prune;

import dev.pollard.capture.Capture;
import dev.pollard.config.Settings;

/// Turns one capture into a smaller artifact that passed every check, or says why stock stays.
public interface Pruner {
  /// Prunes within what `settings` allow. Never throws for what a worker, a link or a check did:
  /// that is a fallback. Never touches the stock artifact.
  PruneOutcome prune(Capture capture, Settings settings, Progress progress);
}
