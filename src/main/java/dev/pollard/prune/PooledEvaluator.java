package dev.pollard.prune;

import dev.pollard.llvm.CodeGenLevel;
import dev.pollard.pass.PassOptions;
import dev.pollard.size.ArtifactSizes;
import dev.pollard.tune.Evaluation;
import dev.pollard.tune.Evaluator;
import dev.pollard.tune.Recipe;
import dev.pollard.worker.Job;
import dev.pollard.worker.WorkerException;
import dev.pollard.worker.WorkerPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// Evaluates recipes on a module without debug info, in the workers of a pool.
final class PooledEvaluator implements Evaluator {
  private final WorkerPool pool;
  private final Path bitcode;
  private final PassOptions options;
  private final Path scratch;
  private final Function<Path, StackFacts> stack;
  private final AtomicInteger count = new AtomicInteger();

  /// @param bitcode the program
  /// @param scratch a folder for objects
  /// @param stack tells the stack of an object's poll functions
  PooledEvaluator(
      WorkerPool pool,
      Path bitcode,
      PassOptions options,
      Path scratch,
      Function<Path, StackFacts> stack) {
    this.pool = pool;
    this.bitcode = bitcode;
    this.options = options;
    this.scratch = scratch;
    this.stack = stack;
  }

  @Override
  public Evaluation evaluate(Recipe recipe) throws WorkerException {
    return measure(bitcode, recipe, true);
  }

  /// Code generation alone, of what rustc's own passes made: stock on the terms of a trial.
  Evaluation stock(Path optimised, CodeGenLevel level) throws WorkerException {
    return measure(optimised, new Recipe(List.of(), level), false);
  }

  private Evaluation measure(Path input, Recipe recipe, boolean remember) throws WorkerException {
    Path object = scratch.resolve("trial-" + count.incrementAndGet() + ".o");
    try {
      pool.run(
          new Job.Compile(
              input,
              false,
              recipe.passes(),
              options,
              recipe.level(),
              Optional.of(object),
              false,
              remember,
              OptionalLong.empty()));
      StackFacts facts = stack.apply(object);
      return new Evaluation(
          ArtifactSizes.of(object).flash(), facts.deepestPollPath(), facts.totalFrames());
    } catch (IOException e) {
      throw new WorkerException("cannot measure a trial: " + e.getMessage(), e);
    } finally {
      deleteQuietly(object);
    }
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
