package dev.pollard.prune;

import dev.pollard.diagnostic.FileProblem;
import dev.pollard.llvm.CodeGenLevel;
import dev.pollard.pass.PassOptions;
import dev.pollard.size.ArtifactSizes;
import dev.pollard.tune.Evaluation;
import dev.pollard.tune.Evaluator;
import dev.pollard.tune.Recipe;
import dev.pollard.worker.Job;
import dev.pollard.worker.Seats;
import dev.pollard.worker.WorkerException;
import dev.pollard.worker.WorkerPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Evaluates recipes on a module without debug info, in the workers of a pool.
final class PooledEvaluator implements Evaluator {
  /// Of all evaluators: one that was begun too early, on bitcode that was not whole, may still be
  /// at work in the same folder.
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final WorkerPool pool;
  private final Seats seats;
  private final PreparedProgram program;
  private final PassOptions options;
  private final Path scratch;
  private Optional<StackMeter> meter = Optional.empty();
  private final Map<Recipe, StackFacts> stacks = new ConcurrentHashMap<>();

  /// @param seats what limits how many workers are at work
  /// @param program what is evaluated
  /// @param scratch a folder for objects
  PooledEvaluator(
      WorkerPool pool, Seats seats, PreparedProgram program, PassOptions options, Path scratch) {
    this.pool = pool;
    this.seats = seats;
    this.program = program;
    this.options = options;
    this.scratch = scratch;
  }

  @Override
  public Evaluation evaluate(Recipe recipe) throws WorkerException {
    Measured measured = measure(program.plain(), recipe, OptionalInt.of(recipe.body().size()));
    stacks.put(recipe, measured.stack());
    return measured.evaluation();
  }

  /// Code generation alone, of what rustc's own passes made: stock on the terms of a trial.
  Measured stock(Path optimised, CodeGenLevel level) throws WorkerException {
    return measure(optimised, Recipe.of(List.of(), level), OptionalInt.empty());
  }

  /// The stack of a recipe that was evaluated.
  StackFacts stack(Recipe recipe) {
    return stacks.getOrDefault(recipe, StackFacts.NONE);
  }

  private synchronized StackMeter meter() throws WorkerException {
    if (meter.isEmpty()) {
      meter = Optional.of(new StackMeter(program.polls()));
    }
    return meter.get();
  }

  /// What an emitted object takes.
  record Measured(long flash, StackFacts stack) {
    Evaluation evaluation() {
      return new Evaluation(flash, stack.deepestPollPath(), stack.totalFrames());
    }
  }

  private Measured measure(Path input, Recipe recipe, OptionalInt keep) throws WorkerException {
    Path object = scratch.resolve("trial-" + COUNT.incrementAndGet() + ".o");
    var job =
        new Job.Compile(
            input,
            false,
            recipe.passes(),
            options,
            recipe.level(),
            Optional.of(object),
            true,
            keep,
            OptionalLong.empty());
    try {
      try (var _ = seats.take()) {
        pool.run(job);
      }
      // Without a seat: who prepares the program may need that one.
      return measure(object);
    } catch (IOException e) {
      throw new WorkerException("cannot measure a trial: " + FileProblem.of(e), e);
    } finally {
      deleteQuietly(object);
    }
  }

  /// What an object with stack sizes takes.
  ///
  /// @throws IOException when it cannot be read
  Measured measure(Path object) throws IOException, WorkerException {
    return new Measured(ArtifactSizes.of(object).flash(), meter().measure(object));
  }

  @Override
  public long await() {
    return program.await();
  }

  @Override
  public int parallelism() {
    return pool.size();
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException _) {
      // It lies in the private folder, which goes as a whole.
      return;
    }
  }
}
