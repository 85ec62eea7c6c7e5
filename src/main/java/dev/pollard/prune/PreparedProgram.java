package dev.pollard.prune;

import dev.pollard.worker.Job;
import dev.pollard.worker.Seats;
import dev.pollard.worker.WorkerException;
import dev.pollard.worker.WorkerPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A captured program as workers read it: one of them reads the captured bitcode, of which most is
/// debug info and what nothing reaches, and the others what is left.
final class PreparedProgram {
  private final Path whole;
  private final Path plain;
  private final CompletableFuture<Optional<WorkerException>> trouble;

  private PreparedProgram(
      Path whole, Path plain, CompletableFuture<Optional<WorkerException>> trouble) {
    this.whole = whole;
    this.plain = plain;
    this.trouble = trouble;
  }

  /// Begins to prepare a program, on a worker of `pool`.
  ///
  /// @param size of the bitcode, bytes: one that was seen before it was whole gets other files
  static PreparedProgram begin(WorkerPool pool, Seats seats, Path bitcode, long size) {
    Path whole = bitcode.resolveSibling("whole-" + size + ".bc");
    Path plain = bitcode.resolveSibling("plain-" + size + ".bc");
    var trouble =
        CompletableFuture.supplyAsync(
            () -> prepare(pool, seats, new Job.Prepare(bitcode, whole, plain)),
            Thread::startVirtualThread);
    return new PreparedProgram(whole, plain, trouble);
  }

  /// The program with all its debug info; waits for it.
  ///
  /// @throws WorkerException when it cannot be had
  Path whole() throws WorkerException {
    require();
    return whole;
  }

  /// The program without debug info; waits for it.
  ///
  /// @throws WorkerException when it cannot be had
  Path plain() throws WorkerException {
    require();
    return plain;
  }

  private static Optional<WorkerException> prepare(WorkerPool pool, Seats seats, Job.Prepare job) {
    try (var _ = seats.take()) {
      pool.run(job);
      return Optional.empty();
    } catch (WorkerException e) {
      return Optional.of(e);
    }
  }

  /// Waits until it is there, or cannot be had.
  ///
  /// @return the size of [#plain], bytes; 0 if it cannot be had
  long await() {
    try {
      return trouble.join().isPresent() ? 0 : Files.size(plain);
    } catch (IOException _) {
      return 0; // whoever reads it says so
    }
  }

  private void require() throws WorkerException {
    Optional<WorkerException> found = trouble.join();
    if (found.isPresent()) {
      throw new WorkerException(String.valueOf(found.get().getMessage()), found.get());
    }
  }
}
