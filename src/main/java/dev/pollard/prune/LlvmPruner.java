package dev.pollard.prune;

import dev.pollard.capture.JobServer;
import dev.pollard.config.Settings;
import dev.pollard.diagnostic.Progress;
import dev.pollard.tune.Tuning;
import dev.pollard.worker.Seats;
import dev.pollard.worker.WorkerException;
import dev.pollard.worker.WorkerLimits;
import dev.pollard.worker.WorkerPool;
import java.nio.file.Path;

/// Prunes in worker processes that load rustc's own libLLVM.
public final class LlvmPruner implements Pruner {
  @Override
  public PruneSession open(Settings settings, Progress progress, Path libLlvm, Tuning tuning) {
    var limits = new WorkerLimits(settings.memoryLimit(), settings.timeLimit());
    try {
      // They start while rustc works.
      var workers = WorkerPool.launch(settings.workers(), limits);
      workers.warm(libLlvm);
      return new LlvmPruneSession(
          settings, progress, workers, Seats.of(JobServer.pipe(System.getenv())), tuning);
    } catch (WorkerException e) {
      return new NoSession(String.valueOf(e.getMessage()));
    }
  }
}
