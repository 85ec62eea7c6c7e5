package dev.pollard.prune;

import dev.pollard.diagnostic.FileProblem;
import dev.pollard.llvm.CodeGeneration;
import dev.pollard.pass.PassOptions;
import dev.pollard.pass.inlining.CallSites;
import dev.pollard.size.ArtifactSizes;
import dev.pollard.size.FunctionSizes;
import dev.pollard.tune.Evaluation;
import dev.pollard.tune.Evaluator;
import dev.pollard.tune.Recipe;
import dev.pollard.tune.Trial;
import dev.pollard.worker.Answer;
import dev.pollard.worker.Job;
import dev.pollard.worker.Seats;
import dev.pollard.worker.WorkerException;
import dev.pollard.worker.WorkerPool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Evaluates recipes on a module without debug info, in the workers of a pool, and links what comes
/// out as soon as rustc's link command is known. Until then an object alone is measured, and kept.
final class PooledEvaluator implements Evaluator {
  /// Bytes of bitcode with debug info up to which trials have the artifact's debug info: each takes
  /// a third longer, and the last compile is not needed, which for a firmware of 2 to 10 KB is a
  /// fourth of all that a prune adds.
  static final long SMALL = 1_500_000;

  private static final String UNMEASURED = "cannot measure a trial: ";

  /// Of all evaluators: one that was begun too early, on bitcode that was not whole, may still be
  /// at work in the same folder.
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final WorkerPool pool;
  private final Seats seats;
  private final PreparedProgram program;
  private final PassOptions options;
  private final boolean debugInfo;
  private final Path scratch;
  private final TrialObjects made = new TrialObjects();
  private Optional<StackMeter> meter = Optional.empty();
  private final Map<Recipe, StackFacts> stacks = new ConcurrentHashMap<>();

  /// Objects of trials that ended before the link was known.
  private final Map<Recipe, TrialObjects.Made> unlinked = new LinkedHashMap<>();

  /// What their links made.
  private final Map<Recipe, Awaited<Long>> linkedLater = new ConcurrentHashMap<>();

  private Optional<TrialLinks> links = Optional.empty();
  private boolean linkKnown;

  /// @param seats what limits how many workers are at work
  /// @param program what is evaluated
  /// @param debugInfo whether the artifact is to have debug info
  /// @param scratch a folder for objects
  PooledEvaluator(
      WorkerPool pool,
      Seats seats,
      PreparedProgram program,
      PassOptions options,
      boolean debugInfo,
      Path scratch) {
    this.pool = pool;
    this.seats = seats;
    this.program = program;
    this.options = options;
    this.debugInfo = debugInfo;
    this.scratch = scratch;
  }

  @Override
  public Trial evaluate(Recipe recipe) throws WorkerException {
    return evaluate(recipe, _ -> Map.of());
  }

  @Override
  public Trial evaluateByFunction(Recipe recipe) throws WorkerException {
    return evaluate(recipe, FunctionSizes::of);
  }

  private Trial evaluate(Recipe recipe, Question<Map<String, Long>> functions)
      throws WorkerException {
    boolean debug = debugInfo && isSmall();
    Path input = debug ? program.whole() : program.plain();
    Path object = newObject();
    boolean kept = false;
    try {
      Duration time;
      Answer.Done done;
      try (var _ = seats.take()) {
        long start = System.nanoTime();
        // Nobody comes back for what single decisions make.
        int keep = recipe.inlining().isEmpty() ? recipe.body().size() : 0;
        done = pool.run(job(input, debug, recipe, OptionalInt.of(keep), object));
        time = Duration.ofNanos(System.nanoTime() - start);
      }
      // Without a seat: who prepares the program may need that one.
      Measured measured = measure(object);
      stacks.put(recipe, measured.stack());
      Map<String, Long> sizes = functions.ask(object);
      var trial = new TrialObjects.Made(object, done, measured.flash());
      kept = isKept(recipe, trial);
      if (kept) {
        return new Trial(measured.evaluation(measured.flash()), time, sizes);
      }
      Linked linked = linked(object, measured.flash());
      kept = isOffered(recipe, trial);
      return new Trial(measured.evaluation(linked.flash()), time.plus(linked.time()), sizes);
    } catch (IOException e) {
      throw new WorkerException(UNMEASURED + FileProblem.of(e), e);
    } finally {
      if (!kept) {
        ScratchFiles.delete(object);
      }
    }
  }

  /// Whether the program is so small that trials have the artifact's debug info.
  private boolean isSmall() throws WorkerException {
    return program.wholeSize() <= SMALL;
  }

  /// Whether trials are made as the artifact is to be.
  ///
  /// @throws WorkerException when there is no program
  boolean makesWhole() throws WorkerException {
    return !debugInfo || isSmall();
  }

  /// Hands over an object that may become the final one.
  private boolean isOffered(Recipe recipe, TrialObjects.Made trial) throws WorkerException {
    if (makesWhole()) {
      made.offer(recipe, trial);
      return true;
    }
    return false;
  }

  /// Moves the object that the trial of a recipe made, if it may be the final one and was kept.
  ///
  /// @return what its passes did
  /// @throws IOException when it cannot be moved
  Optional<Answer.Done> take(Recipe recipe, Path to) throws IOException {
    return made.take(recipe, to);
  }

  /// Keeps an object until the link is known; not if it is known already.
  private synchronized boolean isKept(Recipe recipe, TrialObjects.Made trial) {
    if (!linkKnown) {
      Optional.ofNullable(unlinked.put(recipe, trial))
          .ifPresent(t -> ScratchFiles.delete(t.object()));
    }
    return !linkKnown;
  }

  private synchronized Optional<TrialLinks> links() {
    return links;
  }

  /// What the linked artifact takes, and how long the link took; the object's own bytes where links
  /// cannot be had.
  private Linked linked(Path object, long alone) throws WorkerException {
    Optional<TrialLinks> how = links();
    if (how.isEmpty()) {
      return new Linked(alone, Duration.ZERO);
    }
    try (var _ = seats.take()) {
      long start = System.nanoTime();
      return new Linked(how.get().flash(object), Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private record Linked(long flash, Duration time) {}

  /// The link is known: trials are linked from now on, those that have ended too. Where there is
  /// none that may be run so often, all stay objects.
  synchronized void linkBy(Optional<TrialLinks> how) {
    linkKnown = true;
    links = how;
    unlinked.forEach((recipe, trial) -> {
      var later = new Awaited<Long>();
      linkedLater.put(recipe, later);
      later.start(() -> {
        boolean offered = false;
        try {
          long flash = linked(trial.object(), trial.flash()).flash();
          offered = isOffered(recipe, trial);
          return flash;
        } finally {
          if (!offered) {
            ScratchFiles.delete(trial.object());
          }
        }
      });
    });
    unlinked.clear();
  }

  /// Waits for links under way, and lets none begin: their folder is about to go.
  void close() {
    links().ifPresent(TrialLinks::close);
  }

  @Override
  public OptionalLong flash(Recipe recipe) throws WorkerException {
    Awaited<Long> later = linkedLater.get(recipe);
    return later == null ? OptionalLong.empty() : OptionalLong.of(later.join());
  }

  /// Code generation alone, of what rustc's own passes made: stock on the terms of a trial's
  /// object.
  Measured stock(Path optimised, CodeGeneration generation) throws WorkerException {
    return emit(optimised, false, generation, this::measure);
  }

  /// The sizes of what rustc's own passes made, emitted with debug info.
  ArtifactSizes whole(Path optimised, CodeGeneration generation) throws WorkerException {
    return emit(optimised, true, generation, ArtifactSizes::of);
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
    Evaluation evaluation(long linked) {
      return new Evaluation(linked, stack.deepestPollPath(), stack.totalFrames());
    }
  }

  /// What one asks of an emitted object.
  private interface Question<T> {
    T ask(Path object) throws IOException, WorkerException;
  }

  private <T> T emit(Path input, boolean debugInfo, CodeGeneration generation, Question<T> question)
      throws WorkerException {
    Path object = newObject();
    try {
      try (var _ = seats.take()) {
        pool.run(
            job(input, debugInfo, Recipe.of(List.of(), generation), OptionalInt.empty(), object));
      }
      return question.ask(object);
    } catch (IOException e) {
      throw new WorkerException(UNMEASURED + FileProblem.of(e), e);
    } finally {
      ScratchFiles.delete(object);
    }
  }

  private Path newObject() {
    return scratch.resolve("trial-" + COUNT.incrementAndGet() + ".o");
  }

  private Job.Compile job(
      Path input, boolean debugInfo, Recipe recipe, OptionalInt keep, Path object) {
    return new Job.Compile(
        input,
        debugInfo,
        recipe.passes(),
        options.with(recipe.inlining()),
        recipe.generation(),
        Optional.of(object),
        true,
        keep,
        OptionalLong.empty());
  }

  /// What an object with stack sizes takes.
  ///
  /// @throws IOException when it cannot be read
  Measured measure(Path object) throws IOException, WorkerException {
    return new Measured(ArtifactSizes.of(object).flash(), meter().measure(object));
  }

  /// The calls of the program.
  ///
  /// @throws WorkerException when they cannot be had
  CallSites calls() throws WorkerException {
    return pool.run(new Job.Calls(program.plain()));
  }

  @Override
  public long await() {
    return program.await();
  }

  @Override
  public int parallelism() {
    return pool.size();
  }
}
