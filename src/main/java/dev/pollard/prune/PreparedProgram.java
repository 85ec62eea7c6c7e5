package dev.pollard.prune;

import dev.pollard.machine.PollFunctions;
import dev.pollard.worker.Job;
import dev.pollard.worker.Seats;
import dev.pollard.worker.WorkerException;
import dev.pollard.worker.WorkerPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/// A captured program as workers read it: one of them reads the captured bitcode, of which most is
/// debug info and what nothing reaches, and the others what is left.
final class PreparedProgram {
  private final Path whole;
  private final Path plain;
  private final CompletableFuture<Prepared> prepared;

  private sealed interface Prepared {
    record Done(PollFunctions polls) implements Prepared {}

    record Failed(WorkerException trouble) implements Prepared {}
  }

  private PreparedProgram(Path whole, Path plain, CompletableFuture<Prepared> prepared) {
    this.whole = whole;
    this.plain = plain;
    this.prepared = prepared;
  }

  /// Begins to prepare a program, on a worker of `pool`.
  ///
  /// @param size of the bitcode, bytes: one that was seen before it was whole gets other files
  static PreparedProgram begin(WorkerPool pool, Seats seats, Path bitcode, long size) {
    Path whole = bitcode.resolveSibling("whole-" + size + ".bc");
    Path plain = bitcode.resolveSibling("plain-" + size + ".bc");
    var prepared =
        CompletableFuture.supplyAsync(
            () -> prepare(pool, seats, new Job.Prepare(bitcode, whole, plain)),
            Thread::startVirtualThread);
    return new PreparedProgram(whole, plain, prepared);
  }

  /// The program with all its debug info; waits for it.
  ///
  /// @throws WorkerException when it cannot be had
  Path whole() throws WorkerException {
    var _ = required();
    return whole;
  }

  /// The program without debug info; waits for it.
  ///
  /// @throws WorkerException when it cannot be had
  Path plain() throws WorkerException {
    var _ = required();
    return plain;
  }

  /// The program's poll functions; waits for them.
  ///
  /// @throws WorkerException when they cannot be had
  PollFunctions polls() throws WorkerException {
    return required();
  }

  private static Prepared prepare(WorkerPool pool, Seats seats, Job.Prepare job) {
    try (var _ = seats.take()) {
      return new Prepared.Done(pool.run(job));
    } catch (WorkerException e) {
      return new Prepared.Failed(e);
    }
  }

  /// Waits until it is there, or cannot be had.
  ///
  /// @return the size of [#plain], bytes; 0 if it cannot be had
  long await() {
    try {
      return prepared.join() instanceof Prepared.Done ? Files.size(plain) : 0;
    } catch (IOException _) {
      return 0; // whoever reads it says so
    }
  }

  private PollFunctions required() throws WorkerException {
    return switch (prepared.join()) {
      case Prepared.Done(var polls) -> polls;
      case Prepared.Failed(var trouble) ->
          throw new WorkerException(String.valueOf(trouble.getMessage()), trouble);
    };
  }
}
