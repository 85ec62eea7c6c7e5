package dev.pollard.prune;

import dev.pollard.config.Settings;
import dev.pollard.diagnostic.Progress;
import dev.pollard.tune.Tuning;
import java.nio.file.Path;

/// Turns captures into smaller artifacts that passed every check, or says why stock stays.
public interface Pruner {
  /// Begins work for one final rustc call that is about to start. Never throws for what a worker, a
  /// link or a check did: that is a fallback.
  ///
  /// @param libLlvm the library that this rustc itself loads
  /// @param tuning what is known of the program from earlier searches
  PruneSession open(Settings settings, Progress progress, Path libLlvm, Tuning tuning);
}
