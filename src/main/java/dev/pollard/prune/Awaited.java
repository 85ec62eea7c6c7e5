package dev.pollard.prune;

import dev.pollard.worker.WorkerException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// What workers make while others go on.
///
/// @param <T> what that is
final class Awaited<T> {
  private final CompletableFuture<T> future = new CompletableFuture<>();

  /// Something that workers make.
  interface Work<T> {
    T get() throws WorkerException;
  }

  /// Begins the work on a thread of its own; once.
  void start(Work<T> work) {
    Thread.startVirtualThread(() -> {
      try {
        future.complete(work.get());
      } catch (Throwable e) { // else whoever waits would wait for ever
        future.completeExceptionally(e);
      }
    });
  }

  /// Waits for it.
  ///
  /// @throws WorkerException when it cannot be had
  T join() throws WorkerException {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof WorkerException trouble) {
        throw new WorkerException(String.valueOf(trouble.getMessage()), trouble);
      }
      throw e;
    }
  }
}
