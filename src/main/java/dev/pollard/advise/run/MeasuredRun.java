package dev.pollard.advise.run;

import dev.pollard.advise.run.RunFacts.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/// Runs a program and measures it: idle, under load, to its end.
public final class MeasuredRun {
  private static final Path PROC = Path.of("/proc");

  private static final Duration UNTIL_IT_LISTENS = Duration.ofSeconds(10);

  /// A command has its own file after an instant; a script needs some more until it starts one.
  private static final Duration UNTIL_IT_RUNS = Duration.ofMillis(50);

  /// Before memory is read, what was just done settles.
  private static final long SETTLE_MILLIS = 400;

  /// How many steps the connections are opened in: so many points has the line of memory.
  private static final int STEPS = 4;

  /// With fewer connections than this a line through the memory says nothing.
  private static final int FEWEST = 50;

  private static final long GRACE_SECONDS = 3;

  private final RunRequest request;

  private MeasuredRun(RunRequest request) {
    this.request = request;
  }

  /// Does it.
  ///
  /// @throws IOException when the program cannot be run here, ends badly, or takes no connection;
  ///   with the way out
  public static RunFacts of(RunRequest request) throws IOException {
    if (!Files.isDirectory(PROC.resolve("self/task"))) {
      throw new IOException(
          "a run is measured by Linux's /proc, which is not here: leave out -- and what follows");
    }
    try {
      return new MeasuredRun(request).run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private RunFacts run() throws IOException, InterruptedException {
    long begun = System.nanoTime();
    var process =
        new ProcessBuilder(request.command())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var stop = new Thread(() -> stop(process));
    Runtime.getRuntime().addShutdownHook(stop);
    try (var sampler = new Sampler(PROC, measured(process), begun)) {
      return switch (request.load()) {
        case RunRequest.None() -> toTheEnd(process, sampler);
        case RunRequest.Command(var line) -> underCommand(process, sampler, line);
        case RunRequest.Connections c -> underConnections(process, sampler, c);
      };
    } finally {
      stop(process);
      Runtime.getRuntime().removeShutdownHook(stop);
    }
  }

  private static void stop(Process process) {
    var descendants = process.descendants().toList();
    process.destroy();
    descendants.forEach(ProcessHandle::destroy);
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  /// The process that runs the program: the one that was started, or one that it started.
  private long measured(Process process) throws InterruptedException {
    long end = System.nanoTime() + UNTIL_IT_RUNS.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      if (runs(process.pid())) {
        return process.pid();
      }
      var found = process.descendants().filter(p -> runs(p.pid())).findFirst();
      if (found.isPresent()) {
        return found.get().pid();
      }
      Thread.sleep(1);
    }
    return process.pid();
  }

  private boolean runs(long pid) {
    try {
      return Files.isSameFile(PROC.resolve(pid + "/exe"), request.program());
    } catch (IOException e) {
      return false; // it has ended, or is another user's
    }
  }

  private RunFacts toTheEnd(Process process, Sampler sampler)
      throws IOException, InterruptedException {
    boolean ended = process.waitFor(request.timeout().toMillis(), TimeUnit.MILLISECONDS);
    var whole = sampler.now();
    if (ended) {
      requireGood(process);
    }
    sampler.close();
    return sampler.facts(
        request.command(),
        ended ? "ended by itself" : "stopped after " + request.timeout().toSeconds() + " s",
        whole,
        Optional.empty(),
        0,
        Optional.empty());
  }

  private void requireGood(Process process) throws IOException {
    if (process.exitValue() != 0) {
      throw new IOException(
          "%s: ended with exit code %d, so its run tells nothing: mend the command after --"
              .formatted(String.join(" ", request.command()), process.exitValue()));
    }
  }

  private void requireAlive(Process process) throws IOException {
    if (!process.isAlive()) {
      requireGood(process);
      throw new IOException(
          String.join(" ", request.command())
              + ": ended before its load did: give the arguments with which it serves");
    }
  }

  private RunFacts underCommand(Process process, Sampler sampler, String line)
      throws IOException, InterruptedException {
    awaitListening(process, sampler);
    Thread.sleep(SETTLE_MILLIS);
    long idle = sampler.memory();
    var from = sampler.now();
    var load =
        new ProcessBuilder("sh", "-c", line)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int code = load.waitFor();
    if (code != 0) {
      throw new IOException("--load: \"%s\" ended with exit code %d".formatted(line, code));
    }
    return finish(process, sampler, from, idle, Optional.empty());
  }

  /// Waits until the program listens; one that never does may take its load another way.
  private static void awaitListening(Process process, Sampler sampler) throws InterruptedException {
    long end = System.nanoTime() + UNTIL_IT_LISTENS.toNanos() / STEPS;
    while (process.isAlive() && !sampler.listens() && System.nanoTime() < end) {
      Thread.sleep(20);
    }
  }

  private RunFacts underConnections(
      Process process, Sampler sampler, RunRequest.Connections request)
      throws IOException, InterruptedException {
    try (var load = new ConnectionLoad(request.address(), request.text())) {
      long end = System.nanoTime() + UNTIL_IT_LISTENS.toNanos();
      while (process.isAlive() && !load.answers()) {
        if (System.nanoTime() > end) {
          throw new IOException(
              "--connect: nothing takes connections on %s:%d after %d s: name what the program listens on"
                  .formatted(
                      request.address().getHostString(),
                      request.address().getPort(),
                      UNTIL_IT_LISTENS.toSeconds()));
        }
        Thread.sleep(20);
      }
      Thread.sleep(SETTLE_MILLIS);
      long idle = sampler.memory();
      var points = new ArrayList<Slope.Point>(List.of(new Slope.Point(0, idle)));
      for (int step = 1; step <= STEPS && process.isAlive(); step++) {
        load.open(request.count() * step / STEPS - request.count() * (step - 1) / STEPS);
        Thread.sleep(SETTLE_MILLIS);
        points.add(new Slope.Point(load.opened(), sampler.memory()));
      }
      requireAlive(process);
      if (load.opened() == 0) {
        throw new IOException("--connect: none of " + request.count() + " connections was taken");
      }
      int opened = load.opened();
      long answers = load.answered();
      var from = sampler.now();
      Thread.sleep(request.hold());
      var facts =
          new RunFacts.Load(
              request.count(),
              opened,
              load.answered() - answers,
              opened < FEWEST ? OptionalDouble.empty() : Slope.of(points));
      return finish(process, sampler, from, idle, Optional.of(facts));
    }
  }

  private RunFacts finish(
      Process process, Sampler sampler, Window from, long idle, Optional<RunFacts.Load> load)
      throws IOException {
    var whole = sampler.now();
    if (!process.isAlive()) {
      requireGood(process);
    }
    sampler.close();
    return sampler.facts(
        request.command(),
        process.isAlive() ? "stopped after its load" : "ended by itself",
        whole,
        Optional.of(Sampler.between(from, whole)),
        idle,
        load);
  }
}
