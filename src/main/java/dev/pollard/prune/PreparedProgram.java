package dev.pollard.prune;

import dev.pollard.diagnostic.FileProblem;
import dev.pollard.machine.PollFunctions;
import dev.pollard.worker.Job;
import dev.pollard.worker.Seats;
import dev.pollard.worker.WorkerException;
import dev.pollard.worker.WorkerPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A captured program as workers read it: one of them reads the captured bitcode, of which most is
/// debug info and what nothing reaches, and the others what is left.
final class PreparedProgram {
  private final Path whole;
  private final Path plain;
  private final Awaited<PollFunctions> polls = new Awaited<>();

  private PreparedProgram(Path whole, Path plain) {
    this.whole = whole;
    this.plain = plain;
  }

  /// Begins to prepare a program, on a worker of `pool`.
  ///
  /// @param size of the bitcode, bytes: one that was seen before it was whole gets other files
  static PreparedProgram begin(WorkerPool pool, Seats seats, Path bitcode, long size) {
    Path whole = bitcode.resolveSibling("whole-" + size + ".bc");
    Path plain = bitcode.resolveSibling("plain-" + size + ".bc");
    var program = new PreparedProgram(whole, plain);
    program.polls.start(() -> {
      try (var _ = seats.take()) {
        return pool.run(new Job.Prepare(bitcode, whole, plain));
      }
    });
    return program;
  }

  /// The program with all its debug info; waits for it.
  ///
  /// @throws WorkerException when it cannot be had
  Path whole() throws WorkerException {
    var _ = polls.join();
    return whole;
  }

  /// Bytes of [#whole]; waits for it.
  ///
  /// @throws WorkerException when it cannot be had
  long wholeSize() throws WorkerException {
    try {
      return Files.size(whole());
    } catch (IOException e) {
      throw new WorkerException("cannot read the program: " + FileProblem.of(e), e);
    }
  }

  /// The program without debug info; waits for it.
  ///
  /// @throws WorkerException when it cannot be had
  Path plain() throws WorkerException {
    var _ = polls.join();
    return plain;
  }

  /// The program's poll functions; waits for them.
  ///
  /// @throws WorkerException when they cannot be had
  PollFunctions polls() throws WorkerException {
    return polls.join();
  }

  /// Waits until it is there, or cannot be had.
  ///
  /// @return the size of [#plain], bytes; 0 if it cannot be had
  long await() {
    try {
      return Files.size(plain());
    } catch (WorkerException | IOException _) {
      return 0; // whoever reads it says so
    }
  }
}
