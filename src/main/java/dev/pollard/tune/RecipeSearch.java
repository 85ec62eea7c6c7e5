package dev.pollard.tune;

import dev.pollard.diagnostic.Progress;
import dev.pollard.llvm.CodeGenLevel;
import dev.pollard.llvm.CodeGeneration;
import dev.pollard.pass.Pipeline;
import dev.pollard.worker.WorkerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Looks for the recipe that makes a program smallest, within a budget.
///
/// First the inline threshold, each with one round of LLVM's pipeline over the result, by a search
/// that goes from a first pair towards the better side; then what may come after: another round,
/// the tail, the other level of code generation. Each of these starts from what the step before
/// left in a worker's memory. Where the smallest needs a deeper stack than stock, it is finished in
/// the ways that need less.
///
/// `docs/recipes.md` has the measurements behind the order and the thresholds.
public final class RecipeSearch {
  /// Inline thresholds worth a look, LLVM's cost units.
  private static final List<Integer> THRESHOLDS = List.of(5, 15, 25, 35, 50, 70);

  /// The pair to begin with, the better guess first: for small programs it tells those where 5 and
  /// 15 are best from the others.
  private static final List<Integer> FIRST = List.of(15, 35);

  /// The same for firmware of [#LARGE] and more. A server of 2 MB is smallest at 15.
  private static final List<Integer> FIRST_OF_LARGE = List.of(35, 50);

  /// Bytes of prepared bitcode.
  private static final long LARGE = 800_000;

  /// A worker's first trial takes longer than its next ones: 1.08 s followed 1.76 s, and 0.71 s
  /// followed 1.21 s.
  private static final double WARM = 0.7;

  /// What a trial that goes on from another one takes of a whole one, until one has been seen: it
  /// has code generation and at most one of two rounds to do.
  private static final double MORE = 0.6;

  private final Pipeline pipeline;
  private final CodeGeneration stockGeneration;
  private final CodeGeneration trialGeneration;
  private final Evaluator evaluator;
  private final Budget budget;
  private final Progress progress;
  private final Map<Recipe, Evaluation> known = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private final CompletableFuture<Optional<Evaluation>> stock = new CompletableFuture<>();
  private Optional<Duration> whole = Optional.empty();
  private Optional<Duration> more = Optional.empty();
  private double wholeFactor = 1;
  private volatile boolean stopped;

  /// @param stockGeneration rustc's own code generation
  /// @param trialGeneration the one with which thresholds are compared
  public RecipeSearch(
      Pipeline pipeline,
      CodeGeneration stockGeneration,
      CodeGeneration trialGeneration,
      Evaluator evaluator,
      Budget budget,
      Progress progress) {
    this.pipeline = pipeline;
    this.stockGeneration = stockGeneration;
    this.trialGeneration = trialGeneration;
    this.evaluator = evaluator;
    this.budget = budget;
    this.progress = progress;
  }

  /// A recipe and what it makes.
  public record Candidate(Recipe recipe, Evaluation evaluation) {}

  /// What was found.
  ///
  /// @param candidates every recipe tried whole, smallest first
  /// @param problems why recipes could not be evaluated, one line each
  public record Outcome(List<Candidate> candidates, List<String> problems) {
    public Outcome {
      candidates = List.copyOf(candidates);
      problems = List.copyOf(problems);
    }
  }

  /// What stock makes, on the evaluator's own terms: what is saved is told against it, and no
  /// recipe is worth more time whose stack is deeper.
  public void stockIs(Evaluation evaluation) {
    stock.complete(Optional.of(evaluation));
  }

  /// Nobody waits for an answer any more: stock will not be known, and nothing more is tried.
  public void stop() {
    stopped = true;
    stock.complete(Optional.empty());
  }

  private static List<String> speed(Pipeline pipeline) {
    List<String> passes = new ArrayList<>(pipeline.head());
    passes.addAll(pipeline.lto());
    passes.addAll(pipeline.tail());
    return passes;
  }

  /// Searches until the budget or the ideas are spent.
  public void run() {
    if (pipeline.size()) {
      try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        thresholds(executor)
            .map(best -> shallow(executor, best))
            .map(best -> lessInlined(executor, best))
            .ifPresent(best -> ends(executor, best));
      }
    } else {
      var _ = evaluate(Recipe.of(speed(pipeline), stockGeneration));
    }
  }

  /// What the best recipe will cost once more, from parsing to the object, against a trial of it:
  /// so much of the budget is left to that.
  public synchronized void wholeCosts(double factor) {
    wholeFactor = factor;
  }

  /// Whether the budget has room for so many trials that each take so long, and for the whole at
  /// the end.
  private synchronized boolean allows(int trials, Optional<Duration> each) {
    int turns = (trials + evaluator.parallelism() - 1) / evaluator.parallelism();
    double rest = whole.orElse(Duration.ZERO).toNanos() * wholeFactor;
    return !stopped
        && budget.allows(each.orElse(Duration.ZERO).multipliedBy(turns).plusNanos((long) rest));
  }

  /// What a trial takes from the start; nothing, as long as none has ended.
  public synchronized Duration wholeTakes() {
    return whole.orElse(Duration.ZERO);
  }

  private synchronized Optional<Duration> whole() {
    return whole;
  }

  /// What a trial takes at most that goes on from where another one was, of those seen; a part of
  /// the whole, as long as none has.
  private synchronized Optional<Duration> more() {
    return more.or(() -> whole.map(w -> Duration.ofNanos((long) (w.toNanos() * MORE))));
  }

  /// Recipes to take without a search, the likely smallest first; each later one needs less stack.
  /// Waits until the program is there.
  public List<Recipe> guesses() {
    if (!pipeline.size()) {
      return List.of(Recipe.of(speed(pipeline), stockGeneration));
    }
    Recipe guess = inlined(first().getFirst());
    return pipeline.finishes().stream().map(guess::finished).toList();
  }

  /// Whether a recipe is one of those by which thresholds are compared, with nothing behind them.
  public boolean isShort(Recipe recipe) {
    return THRESHOLDS.stream().map(this::inlined).anyMatch(r -> r.body().equals(recipe.body()))
        && recipe.generation().equals(trialGeneration);
  }

  /// What is known by now.
  public Outcome outcome() {
    settle();
    synchronized (this) {
      var candidates =
          known.entrySet().stream()
              .map(e -> new Candidate(e.getKey(), e.getValue()))
              .sorted(Comparator.comparingLong((Candidate c) -> c.evaluation().flash()))
              .toList();
      return new Outcome(candidates, problems);
    }
  }

  /// Replaces what was told too early by what is known now, so that all is told on the same terms.
  private void settle() {
    List<Recipe> recipes;
    synchronized (this) {
      recipes = List.copyOf(known.keySet());
    }
    for (Recipe recipe : recipes) {
      try {
        OptionalLong flash = evaluator.flash(recipe);
        synchronized (this) {
          flash.ifPresent(f -> known.computeIfPresent(recipe, (_, e) -> e.withFlash(f)));
        }
      } catch (WorkerException | CompletionException e) {
        synchronized (this) {
          if (known.remove(recipe) != null) {
            problems.add(String.valueOf(e.getMessage()));
          }
        }
      }
    }
  }

  /// The pair to begin with; waits until the program is there.
  private List<Integer> first() {
    return pipeline.firmware() && evaluator.await() >= LARGE ? FIRST_OF_LARGE : FIRST;
  }

  /// Goes from the first pair to the neighbours of the best so far, until both are worse; then to
  /// those that are left, since there may be a better one behind a worse one.
  private Optional<Recipe> thresholds(ExecutorService executor) {
    var untried = new TreeSet<>(THRESHOLDS);
    List<Integer> next = first();
    // The first pair is tried whatever the time: without it there would be nothing to take.
    while (!next.isEmpty()
        && !stopped
        && (untried.size() == THRESHOLDS.size() || allows(next.size(), whole()))) {
      untried.removeAll(next);
      atOnce(executor, next.stream().map(this::inlined).toList(), this::fromStart);
      settle();
      next = next(untried);
    }
    return best().map(this::inlined);
  }

  /// The threshold that made the smallest so far.
  private synchronized Optional<Integer> best() {
    return THRESHOLDS.stream()
        .filter(t -> known.containsKey(inlined(t)))
        .min(Comparator.comparingLong(t -> flash(inlined(t))));
  }

  /// Evaluates a recipe of which nothing is there yet.
  private void fromStart(Recipe recipe) {
    boolean cold = whole().isEmpty();
    evaluate(recipe)
        .ifPresent(trial -> {
          long time = trial.time().toNanos();
          Duration warm = Duration.ofNanos(cold ? (long) (time * WARM) : time);
          synchronized (this) {
            if (whole.isEmpty() || warm.compareTo(whole.get()) < 0) {
              whole = Optional.of(warm);
            }
          }
        });
  }

  /// The nearest untried thresholds on both sides of the best one; the nearest at all where there
  /// are tried ones on both sides.
  private List<Integer> next(NavigableSet<Integer> untried) {
    Optional<Integer> best = best();
    if (best.isEmpty()) {
      return List.of();
    }
    int at = best.get();
    List<Integer> next = new ArrayList<>();
    for (Integer neighbour : neighbours(at)) {
      if (untried.contains(neighbour)) {
        next.add(neighbour);
      }
    }
    if (next.isEmpty()) {
      untried.stream()
          .sorted(
              Comparator.comparingInt(
                  t -> Math.abs(THRESHOLDS.indexOf(t) - THRESHOLDS.indexOf(at))))
          .limit(evaluator.parallelism())
          .forEach(next::add);
    }
    return next;
  }

  private static List<Integer> neighbours(int threshold) {
    int index = THRESHOLDS.indexOf(threshold);
    return THRESHOLDS.subList(Math.max(0, index - 1), Math.min(THRESHOLDS.size(), index + 2));
  }

  private Recipe inlined(int threshold) {
    List<String> passes = new ArrayList<>(pipeline.head());
    passes.addAll(pipeline.lto(threshold));
    passes.addAll(pipeline.round());
    return new Recipe(passes, pipeline.finishes().getFirst(), trialGeneration);
  }

  /// `best`, or the first of its other finishes whose stack is no deeper than stock's: each goes on
  /// from what the same worker has kept. This is done whatever the time: without it there would be
  /// nothing to take.
  private Recipe shallow(ExecutorService executor, Recipe best) {
    Optional<Evaluation> bound = stock.join();
    if (bound.isEmpty() || isShallow(best, bound.get())) {
      return best;
    }
    for (List<String> finish : pipeline.finishes()) {
      Recipe other = best.finished(finish);
      if (!other.equals(best)) {
        atOnce(executor, List.of(other), this::further);
        if (isShallow(other, bound.get())) {
          return other;
        }
      }
    }
    return best;
  }

  /// `best`, or where the stack of all that was tried is too deep, what less inlining makes, which
  /// mostly needs less stack: the highest lower threshold that is no deeper.
  private Recipe lessInlined(ExecutorService executor, Recipe best) {
    Optional<Evaluation> bound = stock.join();
    if (bound.isEmpty() || isAnyShallow(bound.get())) {
      return best;
    }
    for (int threshold : THRESHOLDS.reversed()) {
      Recipe recipe = inlined(threshold);
      if (stopped || threshold >= first().getFirst() || isKnown(recipe)) {
        continue;
      }
      atOnce(executor, List.of(recipe), this::further);
      Recipe found = shallow(executor, recipe);
      if (isShallow(found, bound.get())) {
        return found;
      }
    }
    return best;
  }

  private synchronized boolean isKnown(Recipe recipe) {
    return known.containsKey(recipe);
  }

  private synchronized boolean isAnyShallow(Evaluation bound) {
    return known.values().stream().anyMatch(e -> e.deepestPollPath() <= bound.deepestPollPath());
  }

  private synchronized boolean isShallow(Recipe recipe, Evaluation bound) {
    Evaluation evaluation = known.get(recipe);
    return evaluation != null && evaluation.deepestPollPath() <= bound.deepestPollPath();
  }

  /// What may come after the best one: one more round, the tail, another code generation, each by
  /// itself; then what was better together.
  private void ends(ExecutorService executor, Recipe best) {
    Recipe again = best.then(pipeline.round());
    Recipe tail = best.then(pipeline.tail());
    CodeGeneration other =
        trialGeneration.at(
            trialGeneration.level() == stockGeneration.level()
                ? CodeGenLevel.LESS
                : stockGeneration.level());
    // As rustc would, where its choices are not the trial's.
    Optional<Recipe> asRustc =
        trialGeneration.compact() ? Optional.of(best.at(stockGeneration)) : Optional.empty();
    tryAll(executor, List.of(best.at(other), again));
    tryAll(executor, Stream.concat(asRustc.stream(), Stream.of(tail)).toList());
    settle();
    CodeGeneration generation =
        smallest(Stream.concat(asRustc.stream(), Stream.of(best, best.at(other)))).generation();
    Recipe longer = smallest(Stream.of(best, again));
    Recipe longest =
        smallest(Stream.of(best, tail)).equals(tail) ? longer.then(pipeline.tail()) : longer;
    tryAll(
        executor,
        Stream.of(longest.at(generation), longer.at(generation))
            .distinct()
            .filter(r -> !isKnown(r))
            .toList());
  }

  /// The smallest of some, of equal ones the first.
  private Recipe smallest(Stream<Recipe> recipes) {
    return recipes.min(Comparator.comparingLong(this::flash)).orElseThrow();
  }

  private void tryAll(ExecutorService executor, List<Recipe> recipes) {
    if (!recipes.isEmpty() && allows(recipes.size(), more())) {
      atOnce(executor, recipes, this::further);
    }
  }

  /// Tries recipes at once, and waits for all of them.
  private static void atOnce(
      ExecutorService executor, List<Recipe> recipes, Consumer<Recipe> trial) {
    recipes.stream()
        .map(r -> CompletableFuture.runAsync(() -> trial.accept(r), executor))
        .toList()
        .forEach(CompletableFuture::join);
  }

  /// Evaluates a recipe of which most is there.
  private void further(Recipe recipe) {
    evaluate(recipe)
        .ifPresent(trial -> {
          synchronized (this) {
            more =
                more.filter(m -> m.compareTo(trial.time()) > 0).or(() -> Optional.of(trial.time()));
          }
        });
  }

  private synchronized long flash(Recipe recipe) {
    var evaluation = known.get(recipe);
    return evaluation == null ? Long.MAX_VALUE : evaluation.flash();
  }

  private Optional<Trial> evaluate(Recipe recipe) {
    try {
      Trial trial = evaluator.evaluate(recipe);
      learn(recipe, trial.evaluation());
      return Optional.of(trial);
    } catch (WorkerException | CompletionException e) {
      synchronized (this) {
        problems.add(String.valueOf(e.getMessage()));
      }
      return Optional.empty();
    }
  }

  private synchronized void learn(Recipe recipe, Evaluation evaluation) {
    known.put(recipe, evaluation);
    long best = known.values().stream().mapToLong(Evaluation::flash).min().orElse(0);
    long saved = stock.getNow(Optional.empty()).map(s -> s.flash() - best).orElse(0L);
    progress.step(Pipeline.SEARCH, known.size(), 0, Math.max(0, saved));
  }
}
