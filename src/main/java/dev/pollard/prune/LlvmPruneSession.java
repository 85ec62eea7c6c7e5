package dev.pollard.prune;

import dev.pollard.capture.Capture;
import dev.pollard.capture.EarlyCapture;
import dev.pollard.capture.Linker;
import dev.pollard.capture.TargetSpec;
import dev.pollard.check.LinkCheck;
import dev.pollard.check.ObjectCheck;
import dev.pollard.config.Effort;
import dev.pollard.config.Settings;
import dev.pollard.diagnostic.FileProblem;
import dev.pollard.diagnostic.Progress;
import dev.pollard.llvm.CodeGenLevel;
import dev.pollard.llvm.CodeGeneration;
import dev.pollard.object.elf.ElfExclusion;
import dev.pollard.pass.PassOptions;
import dev.pollard.pass.PassRunner;
import dev.pollard.pass.Pipeline;
import dev.pollard.pass.inlining.DecidedInlining;
import dev.pollard.report.BuildReport;
import dev.pollard.report.PassGain;
import dev.pollard.size.ArtifactSizes;
import dev.pollard.size.StackSizes;
import dev.pollard.toolchain.Toolchain;
import dev.pollard.tune.Budget;
import dev.pollard.tune.Evaluation;
import dev.pollard.tune.InlineSearch;
import dev.pollard.tune.Recipe;
import dev.pollard.tune.RecipeSearch;
import dev.pollard.tune.TuneFile;
import dev.pollard.tune.Tuned;
import dev.pollard.tune.Tuning;
import dev.pollard.worker.Answer;
import dev.pollard.worker.Job;
import dev.pollard.worker.Seats;
import dev.pollard.worker.WorkerException;
import dev.pollard.worker.WorkerPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// One prune: search while rustc still runs and a while longer, the final object, the link, the
/// checks.
final class LlvmPruneSession implements PruneSession {
  /// What debug info costs a whole compile over a trial without: 0.8 to 1.3 measured on firmware.
  private static final double DEBUG_INFO_COST = 1.4;

  /// So many of the best recipes are tried with what was decided about single calls.
  private static final int OTHERS = 6;

  private final Settings settings;
  private final Progress progress;
  private final WorkerPool workers;
  private final Seats seats;
  private final Tuning tuning;
  private final Budget budget = new Budget();
  private final Stopwatch watch = new Stopwatch();
  private Optional<Search> search = Optional.empty();
  private final List<String> remarks = new ArrayList<>();
  private boolean finishing;

  /// A search under way.
  private record Search(
      long bitcodeSize,
      Pipeline pipeline,
      RecipeSearch recipes,
      PreparedProgram program,
      PooledEvaluator evaluator,
      CompletableFuture<Void> searched) {
    /// Begins to search, where nobody has yet.
    void begin() {
      Thread.startVirtualThread(() -> {
        try {
          recipes.run();
          searched.complete(null);
        } catch (RuntimeException e) {
          searched.completeExceptionally(e);
        }
      });
    }

    void stop() {
      searched.cancel(true);
      recipes.stop();
    }
  }

  LlvmPruneSession(
      Settings settings, Progress progress, WorkerPool workers, Seats seats, Tuning tuning) {
    this.settings = settings;
    this.progress = progress;
    this.workers = workers;
    this.seats = seats;
    this.tuning = tuning;
  }

  @Override
  public void expect(Toolchain toolchain, TargetSpec target) {
    use(toolchain, target);
    workers.startAll();
  }

  private void use(Toolchain toolchain, TargetSpec target) {
    workers.use(new Job.Start(toolchain.libLlvm(), target, true, List.of()));
  }

  @Override
  public synchronized void begin(EarlyCapture early) {
    if (!finishing) {
      search = Optional.of(search(early));
    }
  }

  private Search search(EarlyCapture early) {
    use(early.toolchain(), early.target());
    var pipeline = Pipeline.of(settings, early.optLevel(), early.target().isBareMetal());
    var program = PreparedProgram.begin(workers, seats, early.bitcode(), early.bitcodeSize());
    var evaluator =
        new PooledEvaluator(
            workers,
            seats,
            program,
            PassOptions.of(settings, early.target()),
            early.debugInfo(),
            early.bitcode().resolveSibling("."));
    var stock = CodeGeneration.ofOptLevel(early.optLevel());
    // On wasm the lower level makes 5 % more bytes; elsewhere it makes fewer, and is done sooner.
    var trial =
        new CodeGeneration(
            early.target().isWasm() ? stock.level() : CodeGenLevel.LESS, pipeline.firmware());
    var recipes = new RecipeSearch(pipeline, stock, trial, evaluator, budget, progress);
    return new Search(
        early.bitcodeSize(),
        pipeline,
        recipes,
        program,
        evaluator,
        isQuick() || isGiven()
            ? new CompletableFuture<>()
            : CompletableFuture.runAsync(recipes::run, Thread::startVirtualThread));
  }

  @Override
  public PruneOutcome finish(Capture capture) {
    watch.start();
    seats.rustcEnded();
    var failure = new Failure();
    try {
      return prune(capture, failure);
    } catch (WorkerException | PruneException e) {
      return fallback(capture, failure, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return fallback(capture, failure, "cannot read or write: " + FileProblem.of(e));
    } catch (UncheckedIOException e) {
      return fallback(capture, failure, "cannot read or write: " + e.getMessage());
    } catch (RuntimeException e) {
      return fallback(capture, failure, "an error of Pollard's own: " + e);
    }
  }

  /// What is known when something goes wrong.
  private static final class Failure {
    private Optional<Recipe> recipe = Optional.empty();
    private StackFacts stock = StackFacts.NONE;
  }

  private PruneOutcome prune(Capture capture, Failure failure)
      throws IOException, WorkerException, PruneException {
    var started = started(capture);
    var cache = new ObjectCache(cacheFolder(capture));
    var key = key(capture, started.pipeline());
    // Who asks for a search wants one.
    var kept = tuning.request().isPresent() ? Optional.<ObjectCache.Entry>empty() : cache.find(key);
    var notes = kept.flatMap(k -> Notes.tryRead(k.notes()));
    if (kept.isPresent() && notes.isPresent()) {
      started.recipes().stop();
      failure.stock = stock(capture, started).stack();
      return link(capture, kept.get().object(), notes.get(), true, failure.stock);
    }
    var last = new Last(capture, capture.directory().resolve("pruned.o"), cache, key, failure);
    if (isGiven()) {
      try {
        return link(last, replay(last, started));
      } catch (PruneException | WorkerException e) {
        remarks.add(TuneFile.NAME + " does not serve: " + e.getMessage());
      }
    }
    if (isQuick()) {
      return link(last, guess(last, started, started.recipes().guesses()));
    }
    if (isGiven()) {
      started.begin();
    }
    return search(last, started);
  }

  /// What an earlier search found, as far as it fits the program as it is now.
  private Notes replay(Last last, Search started)
      throws IOException, WorkerException, PruneException {
    Tuned tuned = tuning.replay().orElseThrow();
    Recipe recipe = tuned.recipe().allowed(started.pipeline());
    Notes notes = guess(last, started, List.of(recipe));
    int asked = recipe.inlining().all().size();
    long fit =
        notes.gains().stream()
            .filter(g -> g.name().equals(DecidedInlining.NAME))
            .mapToLong(PassGain::count)
            .sum();
    if (fit * 2 < asked) {
      throw new PruneException(
          "only %d of %d decisions fit the program as it is now; run `pollard tune` again"
              .formatted(fit, asked));
    }
    if (fit < asked) {
      remarks.add(
          "%d of %d decisions of %s no longer fit".formatted(asked - fit, asked, TuneFile.NAME));
    }
    return notes;
  }

  /// What the end of a prune needs.
  ///
  /// @param object where the final object goes
  /// @param key by which it is kept once it has passed
  private record Last(
      Capture capture, Path object, ObjectCache cache, String key, Failure failure) {}

  private PruneOutcome link(Last last, Notes made) throws IOException, PruneException {
    watch.lap(BuildReport.CODE_GENERATION);
    var outcome = link(last.capture(), last.object(), made, false, last.failure().stock);
    if (outcome instanceof PruneOutcome.Pruned) {
      last.cache().keep(last.key(), last.object(), made.lines());
    }
    return outcome;
  }

  /// The final object. Without debug info it is what a trial was, so that a worker that remembers
  /// the trial has little left to do.
  ///
  /// @param beside starts what idle workers do meanwhile; where there is one worker alone, it waits
  ///   for this one
  private Answer.Done compile(
      Capture capture, Search started, Recipe recipe, Path object, Runnable beside)
      throws WorkerException {
    Path input = input(capture, started.program());
    progress.step("code generation", 0, 0, 0);
    var job =
        new Job.Compile(
            input,
            capture.debugInfo(),
            recipe.passes(),
            options(capture, recipe),
            recipe.generation(),
            Optional.of(object),
            true,
            capture.debugInfo() ? OptionalInt.empty() : OptionalInt.of(recipe.body().size()),
            OptionalLong.empty());
    try (var _ = seats.takeOwn()) {
      return workers.run(job, beside);
    }
  }

  /// The best recipe that was found; where what it makes is refused at the link or after it, the
  /// best one of another body, since what one inlining does to a program another may not.
  private PruneOutcome search(Last last, Search started)
      throws IOException, WorkerException, PruneException {
    Found found = find(last.capture(), started, last.failure());
    RecipeSearch.Candidate best = Choice.of(found.outcome(), found.stock());
    if (decides(started)) {
      best = inlined(started, best, found);
    }
    try {
      return link(last, compile(last, started, best));
    } catch (PruneException refused) {
      Optional<RecipeSearch.Candidate> other =
          Choice.another(found.outcome(), found.stock(), best.recipe());
      if (other.isEmpty()) {
        throw refused;
      }
      try {
        return link(last, compile(last, started, other.get()));
      } catch (PruneException | WorkerException | IOException _) {
        last.failure().recipe = Optional.of(best.recipe());
        throw refused;
      }
    }
  }

  /// Whether single calls are decided about: where somebody asked for it, or time matters least.
  private boolean decides(Search started) {
    return (settings.effort() == Effort.MAX || tuning.request().isPresent())
        && started.pipeline().size()
        && !settings.disabledPasses().contains(DecidedInlining.NAME);
  }

  /// The best that decisions about single calls make of a recipe, or of what was found before. They
  /// are looked for with the best of the short recipes: what comes at a recipe's end takes a third
  /// of a trial, and is tried with what was found.
  private RecipeSearch.Candidate inlined(Search started, RecipeSearch.Candidate best, Found found)
      throws WorkerException {
    Evaluation stock = found.stock();
    List<RecipeSearch.Candidate> candidates = found.outcome().candidates();
    RecipeSearch.Candidate first =
        earlier(started, stock)
            .filter(e -> isLess(e, best))
            .or(() ->
                candidates.stream()
                    .filter(c -> started.recipes().isShort(c.recipe()))
                    .filter(c -> c.evaluation().deepestPollPath() <= stock.deepestPollPath())
                    .findFirst())
            .orElse(best);
    List<RecipeSearch.Candidate> all = new ArrayList<>(List.of(best));
    var search =
        new InlineSearch(
            started.evaluator(),
            budget,
            progress,
            started.evaluator().calls(),
            tuning.request().orElse(Tuning.Request.USUAL));
    search.run(
        first.recipe(),
        candidates.stream().limit(OTHERS).map(RecipeSearch.Candidate::recipe).toList(),
        stock,
        stock.flash(),
        (better, log) -> {
          if (isLess(better, all.getLast())) {
            all.add(better);
          }
          RecipeSearch.Candidate now = all.getLast();
          tuning
              .listener()
              .better(new Tuned(now.recipe(), now.evaluation().flash(), stock.flash()), log);
        });
    return all.getLast();
  }

  private static boolean isLess(RecipeSearch.Candidate one, RecipeSearch.Candidate other) {
    return one.evaluation().flash() < other.evaluation().flash();
  }

  /// What was found before, if it may still be taken.
  private Optional<RecipeSearch.Candidate> earlier(Search started, Evaluation stock) {
    if (tuning.replay().isEmpty()) {
      return Optional.empty();
    }
    Recipe recipe = tuning.replay().get().recipe().allowed(started.pipeline());
    try {
      Evaluation evaluation = started.evaluator().evaluate(recipe).evaluation();
      return evaluation.deepestPollPath() <= stock.deepestPollPath()
          ? Optional.of(new RecipeSearch.Candidate(recipe, evaluation))
          : Optional.empty();
    } catch (WorkerException _) {
      return Optional.empty();
    }
  }

  private Notes compile(Last last, Search started, RecipeSearch.Candidate candidate)
      throws IOException, WorkerException {
    Recipe recipe = candidate.recipe();
    last.failure().recipe = Optional.of(recipe);
    var ablation = new Ablation(started.evaluator(), recipe, candidate.evaluation());
    var made = started.evaluator().take(recipe, last.object());
    if (made.isPresent()) {
      ablation.run(() -> budget.allows(started.recipes().wholeTakes()));
      leaveOutStackSizes(last.capture(), last.object());
      return new Notes(recipe, ablation.in(gains(made.get())), started.evaluator().stack(recipe));
    }
    Answer.Done done = compile(last.capture(), started, recipe, last.object(), ablation::start);
    leaveOutStackSizes(last.capture(), last.object());
    return new Notes(recipe, ablation.in(gains(done)), started.evaluator().stack(recipe));
  }

  /// The object of the first recipe that may be taken: nothing is tried before, and it is measured
  /// itself.
  private Notes guess(Last last, Search started, List<Recipe> recipes)
      throws IOException, WorkerException, PruneException {
    Capture capture = last.capture();
    var stock = new Awaited<PooledEvaluator.Measured>();
    Runnable beside = () -> stock.start(() -> stock(capture, started));
    for (Recipe recipe : recipes) {
      last.failure().recipe = Optional.of(recipe);
      Answer.Done done = compile(capture, started, recipe, last.object(), beside);
      beside = () -> {};
      PooledEvaluator.Measured bound = stock.join();
      last.failure().stock = bound.stack();
      requireParity(capture, started, bound.flash());
      PooledEvaluator.Measured measured = started.evaluator().measure(last.object());
      Evaluation allowed =
          Choice.bound(bound.evaluation(bound.flash()), capture.target().isBareMetal());
      if (measured.stack().deepestPollPath() <= allowed.deepestPollPath()) {
        if (measured.flash() >= bound.flash()) {
          throw new PruneException("the one recipe tried did not make it smaller");
        }
        leaveOutStackSizes(capture, last.object());
        return new Notes(recipe, gains(done), measured.stack());
      }
    }
    throw new PruneException("no recipe leaves the stack of poll functions as it is");
  }

  /// The section that workers' objects have is in the artifact only where rustc's had it.
  private static void leaveOutStackSizes(Capture capture, Path object) throws IOException {
    if (!capture.target().emitStackSizes()) {
      var _ = ElfExclusion.exclude(object, StackSizes.SECTION);
    }
  }

  private boolean isQuick() {
    return tuning.request().isEmpty()
        && (settings.effort() == Effort.FAST
            || settings.disabledPasses().contains(Pipeline.SEARCH));
  }

  /// Whether an earlier search has found what to do, and nobody asks for another one.
  private boolean isGiven() {
    return tuning.request().isEmpty() && tuning.replay().isPresent();
  }

  /// What passes are asked for, with what a recipe decides about calls.
  private PassOptions options(Capture capture, Recipe recipe) {
    return PassOptions.of(settings, capture.target()).with(recipe.inlining());
  }

  private static Path input(Capture capture, PreparedProgram program) throws WorkerException {
    return capture.debugInfo() ? program.whole() : program.plain();
  }

  private synchronized Search started(Capture capture) throws IOException {
    finishing = true;
    long size = Files.size(capture.bitcode());
    if (search.isPresent() && search.get().bitcodeSize() == size) {
      return search.get();
    }
    // Never seen, or seen too early.
    search.ifPresent(Search::stop);
    var now =
        search(
            new EarlyCapture(
                capture.toolchain(),
                capture.target(),
                capture.optLevel(),
                capture.panicAbort(),
                capture.debugInfo(),
                capture.bitcode(),
                size));
    search = Optional.of(now);
    return now;
  }

  /// What a search found.
  ///
  /// @param stock what a recipe must keep to, on the same terms
  private record Found(RecipeSearch.Outcome outcome, Evaluation stock) {}

  /// The search's answer, within the time that is left.
  private Found find(Capture capture, Search started, Failure failure)
      throws IOException, WorkerException, PruneException {
    Duration total =
        Budget.total(settings.effort(), settings.time(), capture.rustcTime())
            .minus(capture.besideTime());
    started.recipes().wholeCosts(started.evaluator().makesWhole() ? 0 : DEBUG_INFO_COST);
    budget.endIn(total);
    Optional<TrialLinks> links = TrialLinks.of(capture);
    started.evaluator().linkBy(links);
    PooledEvaluator.Measured measured = stock(capture, started);
    failure.stock = measured.stack();
    long flash = links.isPresent() ? links.get().stock() : measured.flash();
    Evaluation stock = Choice.bound(measured.evaluation(flash), capture.target().isBareMetal());
    started.recipes().stockIs(stock);
    requireParity(capture, started, measured.flash());
    try {
      started.searched().join();
    } catch (CompletionException e) {
      throw new PruneException("the search failed: " + e.getCause());
    }
    RecipeSearch.Outcome outcome = started.recipes().outcome();
    watch.lap(Pipeline.SEARCH);
    if (settings.verbose()) {
      System.err.println("pollard " + capture.name() + ": stock " + stock);
      outcome
          .candidates()
          .forEach(c -> System.err.println("pollard: " + c.evaluation() + " " + c.recipe()));
    }
    return new Found(outcome, stock);
  }

  /// Code generation must be rustc's: of the same optimised bitcode it makes as many bytes. LLVM's
  /// outliner lets debug info have a say in it, so that where they differ without, it is emitted
  /// once more with all of it.
  private static void requireParity(Capture capture, Search started, long plain)
      throws IOException, WorkerException, PruneException {
    ArtifactSizes rustcs = ArtifactSizes.of(capture.stockObject());
    if (plain == rustcs.flash()) {
      return;
    }
    ArtifactSizes emitted =
        started
            .evaluator()
            .whole(capture.optimised(), CodeGeneration.ofOptLevel(capture.optLevel()));
    if (emitted.text() != rustcs.text()
        || emitted.rodata() != rustcs.rodata()
        || emitted.data() != rustcs.data()
        || emitted.bss() != rustcs.bss()) {
      throw new PruneException(
          "rustc's code generation cannot be repeated (%d bytes against its %d)"
              .formatted(emitted.flash(), rustcs.flash()));
    }
  }

  /// Stock on the terms of a trial: rustc's own optimised bitcode, code generation alone.
  private PooledEvaluator.Measured stock(Capture capture, Search started) throws WorkerException {
    return started
        .evaluator()
        .stock(capture.optimised(), CodeGeneration.ofOptLevel(capture.optLevel()));
  }

  private PruneOutcome link(
      Capture capture, Path object, Notes notes, boolean unchanged, StackFacts stock)
      throws IOException, PruneException {
    requireNone(ObjectCheck.complaints(capture.stockObject(), object));
    progress.step("link", 0, 0, 0);
    Path artifact =
        Files.createDirectories(capture.directory().resolve("pruned"))
            .resolve(capture.stockArtifact().getFileName());
    var result = Linker.again(capture, object, artifact);
    if (!result.succeeded() || !Files.exists(artifact)) {
      throw new PruneException(
          "the pruned link failed: %s (exit code %d of %s)"
              .formatted(
                  result.firstError(), result.exitCode(), capture.link().arguments().getFirst()));
    }
    watch.lap("link");
    requireNone(
        LinkCheck.complaints(
            capture.askedArtifact(),
            artifact,
            capture.target().isBareMetal(),
            stock.deepestPollPath() - notes.stack().deepestPollPath()));
    watch.lap("check");
    if (settings.repro().isPresent()) {
      remarks.add(packed(capture, settings.repro().get(), Optional.of(notes.recipe()), "pruned"));
    }
    return new PruneOutcome.Pruned(
        artifact,
        new Decisions(notes.recipe(), options(capture, notes.recipe())),
        notes.gains(),
        unchanged,
        stock,
        notes.stack(),
        remarks,
        watch.seconds());
  }

  private static void requireNone(List<String> complaints) throws PruneException {
    if (!complaints.isEmpty()) {
      throw new PruneException(complaints.getFirst());
    }
  }

  private PruneOutcome fallback(Capture capture, Failure failure, String reason) {
    budget.endIn(Duration.ZERO);
    String said = reason;
    if (settings.repro().isPresent()) {
      said +=
          " ("
              + packed(
                  capture,
                  settings.repro().get(),
                  failure.recipe,
                  "the stock artifact stays: " + reason)
              + ")";
    }
    watch.lap("fallback");
    return new PruneOutcome.Fallback(said, failure.stock, watch.seconds());
  }

  /// Packs what is needed to see the prune again, however it ended.
  ///
  /// @param result how it ended
  /// @return what has become of it, for people
  private String packed(Capture capture, Path file, Optional<Recipe> recipe, String result) {
    try {
      Repro.write(
          file,
          capture,
          settings.toString(),
          recipe,
          PassOptions.of(settings, capture.target()),
          result);
      return "packed in " + file;
    } catch (IOException e) {
      return "no reproducer could be written: " + FileProblem.of(e);
    }
  }

  private static Path cacheFolder(Capture capture) {
    // work/<artifact>@<pid> lies beside it.
    return capture.directory().resolve("../../cache").normalize();
  }

  private String key(Capture capture, Pipeline pipeline) throws IOException {
    return ObjectCache.key(
        capture.bitcode(),
        List.of(
            String.valueOf(settings.effort()),
            settings.time().toString(),
            String.valueOf(settings.goal()),
            PassOptions.of(settings, capture.target()).toString(),
            pipeline.toString(),
            String.valueOf(capture.debugInfo()),
            tuning.replay().map(Tuned::recipe).map(Recipe::toString).orElse(""),
            capture.target().toString(),
            capture.toolchain().llvmVersion(),
            capture.toolchain().commitHash(),
            BuildVersion.text()));
  }

  private static List<PassGain> gains(Answer.Done done) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (PassRunner.Result result : done.passes()) {
      counts.merge(result.name(), result.count(), Long::sum);
    }
    List<PassGain> gains = new ArrayList<>();
    counts.forEach((name, count) -> gains.add(PassGain.unmeasured(name, count)));
    return gains;
  }

  @Override
  public void close() {
    budget.endIn(Duration.ZERO);
    search.ifPresent(Search::stop);
    search.ifPresent(s -> s.evaluator().close());
    workers.close();
    seats.close();
  }
}
