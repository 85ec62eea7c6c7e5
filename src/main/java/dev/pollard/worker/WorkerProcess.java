package dev.pollard.worker;

import dev.pollard.diagnostic.FileProblem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// One worker, seen from its parent. Belongs to one thread at a time.
public final class WorkerProcess implements AutoCloseable {
  /// How often memory is looked at while a job runs.
  private static final Duration LOOK = Duration.ofMillis(100);

  private static final int LAST_WORDS = 40;

  /// What lines say that tell why a process dies: LLVM's fatal errors, a JVM's.
  private static final List<String> CAUSES =
      List.of("LLVM ERROR", "Assertion", "OutOf", "SIGSEGV", "SIGBUS", "SIGILL");

  private final Process process;
  private final PrintStream jobs;
  private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
  private final ArrayDeque<String> lastWords = new ArrayDeque<>();
  private final WorkerLimits limits;
  private Optional<String> cause = Optional.empty();
  private volatile boolean ended;
  private long lastLook = System.nanoTime();

  private WorkerProcess(Process process, WorkerLimits limits) {
    this.process = process;
    this.limits = limits;
    this.jobs = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    // Virtual threads that read pipes hold their carriers: enough workers, and none would be left.
    Thread.ofPlatform().daemon().name("worker's answers").start(this::listen);
    Thread.ofPlatform().daemon().name("worker's errors").start(this::overhear);
  }

  /// Starts a process; it loads no LLVM before its first job, so that this costs its parent nothing
  /// but the call.
  ///
  /// @throws WorkerException when it cannot be started
  public static WorkerProcess launch(WorkerLimits limits) throws WorkerException {
    return launch(limits, ProcessBuilder.Redirect.PIPE);
  }

  /// As [#launch(WorkerLimits)], with what LLVM itself prints in a file.
  public static WorkerProcess launch(WorkerLimits limits, Path errors) throws WorkerException {
    return launch(limits, ProcessBuilder.Redirect.to(errors.toFile()));
  }

  private static WorkerProcess launch(WorkerLimits limits, ProcessBuilder.Redirect errors)
      throws WorkerException {
    try {
      return new WorkerProcess(
          new ProcessBuilder(WorkerCommand.of(limits)).redirectError(errors).start(), limits);
    } catch (IOException e) {
      throw new WorkerException("cannot start a worker: " + FileProblem.of(e), e);
    }
  }

  /// Gives a job and waits for its end.
  ///
  /// @throws WorkerException when the worker says that it cannot do it, dies, or meets a limit;
  ///   after the latter two the process is gone
  public Answer run(Job job) throws WorkerException {
    jobs.println(Wire.write((Record) job));
    long deadline = System.nanoTime() + limits.time().toNanos();
    String doing = "start";
    while (true) {
      Optional<String> line = next(deadline, doing);
      if (line.isEmpty()) {
        throw died(doing);
      }
      switch (Wire.answer(line.get())) {
        case Answer.Doing(var what) -> doing = what;
        case Answer.Done done -> {
          return done;
        }
        case Answer.Polls polls -> {
          return polls;
        }
        case Answer.Sites sites -> {
          return sites;
        }
        case Answer.Failed(var message) -> throw new WorkerException(message);
      }
    }
  }

  /// Whether it can take another job.
  public boolean isAlive() {
    // One that was ended at a limit may take a moment to go.
    return !ended && process.isAlive();
  }

  private Optional<String> next(long deadline, String doing) throws WorkerException {
    try {
      while (true) {
        var line = lines.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        // A worker that talks all the time is looked at too.
        if (line == null || System.nanoTime() - lastLook > LOOK.toNanos()) {
          lastLook = System.nanoTime();
          requireWithinLimits(deadline, doing);
        }
        if (line != null) {
          return line;
        }
      }
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new WorkerException("interrupted", e);
    }
  }

  private void requireWithinLimits(long deadline, String doing) throws WorkerException {
    if (System.nanoTime() > deadline) {
      close();
      throw new WorkerException(
          "the worker was not done after "
              + limits.time().toSeconds()
              + " s (time limit) in "
              + doing);
    }
    var memory = ResidentMemory.of(process.pid());
    if (memory.isPresent() && memory.getAsLong() > limits.memory()) {
      close();
      throw new WorkerException(
          "the worker needed more than "
              + (limits.memory() >> 20)
              + " MiB (memory limit) in "
              + doing);
    }
  }

  private WorkerException died(String doing) {
    int code = -1;
    try {
      code = process.waitFor(5, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String how = code > 128 ? "signal " + (code - 128) : "exit code " + code;
    synchronized (lastWords) {
      String said =
          cause
              .or(() -> lastWords.reversed().stream().filter(l -> !l.startsWith("at ")).findFirst())
              .orElse("");
      return new WorkerException(
          "the worker died in " + doing + " (" + how + ")" + (said.isEmpty() ? "" : ": " + said));
    }
  }

  private void listen() {
    try (var reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        // LLVM, or a JVM that dies, may write there too.
        if (Wire.isAnswer(line)) {
          lines.add(Optional.of(line));
        } else {
          hear(line);
        }
      }
    } catch (IOException e) {
      synchronized (lastWords) {
        lastWords.add(String.valueOf(e.getMessage()));
      }
    }
    lines.add(Optional.empty());
  }

  private void hear(String line) {
    synchronized (lastWords) {
      if (cause.isEmpty() && CAUSES.stream().anyMatch(line::contains)) {
        cause = Optional.of(line.replaceFirst("^#", "").strip());
      }
      if (!line.isBlank()) {
        lastWords.add(line.strip());
      }
      if (lastWords.size() > LAST_WORDS) {
        lastWords.removeFirst();
      }
    }
  }

  private void overhear() {
    try (var reader =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        hear(line);
      }
    } catch (IOException _) {
      // The process is gone: what it said before is all there is.
      return;
    }
  }

  /// Ends the process at once.
  @Override
  public void close() {
    ended = true;
    process.destroyForcibly();
  }
}
