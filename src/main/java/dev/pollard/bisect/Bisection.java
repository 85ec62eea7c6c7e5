package dev.pollard.bisect;

import dev.pollard.bisect.Finding.Cure;
import dev.pollard.capture.Capture;
import dev.pollard.name.RustSymbol;
import dev.pollard.pass.Change;
import dev.pollard.pass.KeepList;
import dev.pollard.pass.LlvmPipeline;
import dev.pollard.pass.PassOptions;
import dev.pollard.pass.PassRegistry;
import dev.pollard.pass.Pipeline;
import dev.pollard.prune.Decisions;
import dev.pollard.tune.Recipe;
import dev.pollard.worker.WorkerException;
import dev.pollard.worker.WorkerLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// One search, from stock and the pruned program to a [Finding].
///
/// The row of programs: stock; the same with code generation by Pollard; rustc's own LTO pipeline
/// run by Pollard; then one change after another in the order of the recipe; at last code
/// generation as the recipe has it. First the step is found, then the change among those of its
/// pass, then, where it is LLVM's, LLVM's own pass.
public final class Bisection {
  /// What a function's name may hold that a pattern reads as something else.
  private static final Pattern SPECIAL = Pattern.compile("[\\\\^$.|?*+()\\[\\]{}]");

  private final Trials trials;
  private final TestCommand command;
  private final Place place;
  private final Program.Pruned whole;
  private final Consumer<String> out;
  private int tested;
  private long last = System.nanoTime();

  private Bisection(
      Trials trials, TestCommand command, Place place, Program.Pruned whole, Consumer<String> out) {
    this.trials = trials;
    this.command = command;
    this.place = place;
    this.whole = whole;
    this.out = out;
  }

  /// What to search, and with what.
  ///
  /// @param capture a copy that stays
  /// @param artifact where cargo put the program
  /// @param command as for the `TestCommand`
  /// @param timeout after which a test is bad; empty: long after the time of the good one
  public record Request(
      Capture capture,
      Decisions decisions,
      WorkerLimits limits,
      Path artifact,
      List<String> command,
      Optional<Duration> timeout) {
    public Request {
      command = List.copyOf(command);
    }
  }

  /// Searches, and tells every trial.
  ///
  /// @return what was found, as lines for people
  /// @throws BisectException when stock is not good, the pruned program not bad, or a program that
  ///   is needed cannot be made
  public static List<String> run(Request request, Consumer<String> out) throws BisectException {
    var decisions = request.decisions();
    var whole = new Program.Pruned(decisions.recipe(), decisions.options(), Long.MAX_VALUE);
    try (var trials = new Trials(request.capture(), request.limits());
        var place = new Place(request.artifact())) {
      var command =
          new TestCommand(
              request.command(), request.artifact(), trials.scratch(), request.timeout());
      return new Bisection(trials, command, place, whole, out).search();
    } catch (WorkerException e) {
      throw new BisectException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new BisectException("cannot read or write: " + e.getMessage(), e);
    }
  }

  private List<String> search() throws BisectException, WorkerException, IOException {
    requireGoodStock();
    var changes = requireBadWhole();
    var steps = Step.of(whole, changes, trials.stockGeneration());
    out.accept(
        "%d changes; about %d trials"
            .formatted(
                changes.size(),
                FirstBad.trials(steps.size())
                    + FirstBad.trials(changes.size() / Math.max(1, steps.size()))));
    // Program i is what the first i steps leave.
    var found =
        FirstBad.search(
            0,
            steps.size(),
            (index, left) -> {
              var step = steps.get((int) index - 1);
              return tell("up to " + step.name(), test(step.after()), left);
            });
    if (!found.isExact()) {
      throw new BisectException(
          "it breaks by one of "
              + String.join(
                  ", ",
                  steps.subList((int) found.lastGood(), (int) found.firstBad()).stream()
                      .map(Step::name)
                      .toList())
              + ": what is between cannot be tested");
    }
    var step = steps.get((int) found.lastGood());
    var change =
        step instanceof Step.OfPass pass ? change(pass, changes) : Optional.<Change>empty();
    var llvm = llvm(step, change, changes);
    var cure = cure(step, change);
    return new Report(new Finding(step, change, llvm, cure, tested), changes.size(), whole).lines();
  }

  private void requireGoodStock() throws BisectException {
    var outcome = test(new Program.Stock());
    var _ = tell("stock", outcome, -1);
    if (outcome.verdict() != Verdict.GOOD) {
      throw new BisectException(
          "the test command does not find the stock program good ("
              + outcome.how()
              + "), so pruning is not what breaks it. It ran: "
              + String.join(" ", command.commandLine())
              + said(outcome));
    }
  }

  private List<Change> requireBadWhole() throws BisectException, WorkerException, IOException {
    var made = trials.make(whole);
    var outcome = test(made.artifact());
    var _ = tell("pruned", outcome, -1);
    if (outcome.verdict() != Verdict.BAD) {
      throw new BisectException(
          "the test command does not find the pruned program bad"
              + (outcome.verdict() == Verdict.GOOD
                  ? ": there is nothing to search. Does it run the program at $"
                      + TestCommand.VARIABLE
                      + ", and fail when that one misbehaves?"
                  : " (" + outcome.how() + ")" + said(outcome)));
    }
    return made.changes();
  }

  private static String said(Outcome outcome) {
    return outcome.output().isBlank() ? "" : "\n" + outcome.output().stripTrailing();
  }

  private Optional<Change> change(Step.OfPass step, List<Change> changes) throws BisectException {
    var found =
        FirstBad.search(
            step.first() - 1,
            step.last(),
            (number, left) -> {
              var program = step.after().upTo(number);
              var done = number - step.first() + 1;
              var all = step.last() - step.first() + 1;
              return tell("%s, %d of %d".formatted(step.pass(), done, all), test(program), left);
            });
    if (!found.isExact()) {
      out.accept(
          "changes %d to %d cannot be told apart"
              .formatted(found.lastGood() + 1, found.firstBad()));
      return Optional.empty();
    }
    return Optional.of(changes.get((int) found.lastGood()));
  }

  /// LLVM's own pass behind a step of LLVM's, or behind another inline threshold.
  private Optional<String> llvm(Step step, Optional<Change> change, List<Change> changes)
      throws BisectException, WorkerException, IOException {
    var passes = whole.recipe().passes();
    return switch (step) {
      case Step.Emission _, Step.Generation _ -> Optional.empty();
      case Step.Lto(var pass, var after) ->
          after instanceof Program.Pruned program
              ? llvm(trials.before(program, passes.indexOf(pass)))
              : Optional.empty();
      case Step.OfPass of -> {
        if (change.isEmpty()) {
          yield Optional.empty();
        }
        var program = of.after().upTo(change.get().number());
        if (of.pass().equals("inline-threshold")) {
          int lto = passes.indexOf(lto(passes));
          yield llvm(trials.before(program, lto));
        }
        if (PassRegistry.find(of.pass()).filter(LlvmPipeline.class::isInstance).isEmpty()) {
          yield Optional.empty();
        }
        yield llvm(trials.before(program, indexOf(change.get(), changes)));
      }
    };
  }

  private static String lto(List<String> passes) {
    return passes.stream().filter(Pipeline::isBase).findFirst().orElseThrow();
  }

  /// Where the pipeline that is this change stands in the recipe: each of its runs is one change.
  private int indexOf(Change change, List<Change> changes) {
    long earlier =
        changes.stream()
            .filter(c -> c.pass().equals(change.pass()) && c.number() < change.number())
            .count();
    var passes = whole.recipe().passes();
    int index = passes.indexOf(change.pass());
    for (long i = 0; i < earlier; i++) {
      index += 1 + passes.subList(index + 1, passes.size()).indexOf(change.pass());
    }
    return index;
  }

  private Optional<String> llvm(Trials.Halfway halfway)
      throws BisectException, WorkerException, IOException {
    var all = trials.make(halfway, -1);
    if (tell(halfway.pass() + ", all of LLVM's passes", test(all.artifact()), -1) != Verdict.BAD
        || tell(halfway.pass() + ", none", test(trials.make(halfway, 0).artifact()), -1)
            != Verdict.GOOD) {
      out.accept("LLVM's own passes in " + halfway.pass() + " cannot be told apart");
      return Optional.empty();
    }
    var found =
        FirstBad.search(
            0,
            all.ran(),
            (number, left) ->
                tell(
                    "%s, %d of LLVM's %d".formatted(halfway.pass(), number, all.ran()),
                    partial(halfway, number),
                    left));
    if (!found.isExact()) {
      return Optional.empty();
    }
    var last = trials.make(halfway, found.firstBad()).last();
    return Optional.of(
        "%s, number %d of %d".formatted(demangled(last), found.firstBad(), all.ran()));
  }

  /// LLVM's `PASS on SYMBOL` with the symbol demangled.
  static String demangled(String passOnSymbol) {
    int symbol = passOnSymbol.lastIndexOf(' ') + 1;
    return passOnSymbol.substring(0, symbol) + RustSymbol.demangle(passOnSymbol.substring(symbol));
  }

  private Outcome partial(Trials.Halfway halfway, long limit) throws BisectException {
    try {
      return test(trials.make(halfway, limit).artifact());
    } catch (WorkerException e) {
      return Outcome.skipped(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new BisectException("cannot read or write: " + e.getMessage(), e);
    }
  }

  /// The least that makes the whole program good again: the function left alone, or the pass
  /// switched off.
  private Optional<Cure> cure(Step step, Optional<Change> change) throws BisectException {
    if (!(step instanceof Step.OfPass of)) {
      return Optional.empty();
    }
    if (change.isPresent() && !change.get().function().isEmpty()) {
      var keep = new Cure.Keep(pattern(change.get().function()));
      var patterns = new ArrayList<>(whole.options().keep().patterns());
      patterns.add(Pattern.compile(keep.pattern()));
      PassOptions options = whole.options().with(new KeepList(patterns));
      var program = new Program.Pruned(whole.recipe(), options, Long.MAX_VALUE);
      if (tell("with " + keep.option(), test(program), -1) == Verdict.GOOD) {
        return Optional.of(keep);
      }
    }
    Recipe recipe = whole.recipe();
    for (var pass : whole.recipe().passes()) {
      if (pass.equals(of.pass()) || pass.startsWith(of.pass() + "(")) {
        recipe = recipe.without(pass);
      }
    }
    var cure = new Cure.Disable(of.pass());
    var program = new Program.Pruned(recipe, whole.options(), Long.MAX_VALUE);
    return tell("with " + cure.option(), test(program), -1) == Verdict.GOOD
        ? Optional.of(cure)
        : Optional.empty();
  }

  /// A pattern that finds this function's name and no other.
  static String pattern(String symbol) {
    return "^" + SPECIAL.matcher(RustSymbol.demangle(symbol)).replaceAll("\\\\$0") + "$";
  }

  private Outcome test(Program program) throws BisectException {
    try {
      return test(trials.make(program).artifact());
    } catch (WorkerException e) {
      return Outcome.skipped(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new BisectException("cannot read or write: " + e.getMessage(), e);
    }
  }

  private Outcome test(Path program) throws BisectException {
    try {
      place.put(program);
      var outcome = command.run();
      if (!place.holds(program)) {
        throw new BisectException(
            "the test command made the program anew; it must only run the one at $"
                + TestCommand.VARIABLE);
      }
      return outcome;
    } catch (IOException e) {
      throw new BisectException("cannot put the program in its place: " + e.getMessage(), e);
    }
  }

  /// @param left how many trials will come in this round; negative: this one is not of a round
  private Verdict tell(String what, Outcome outcome, int left) {
    tested++;
    var line = new StringBuilder("[%d] %s: ".formatted(tested, what));
    line.append(
        switch (outcome.verdict()) {
          case GOOD -> "good";
          case BAD -> "bad";
          case SKIPPED -> "skipped";
        });
    if (!outcome.how().isEmpty()) {
      line.append(", ").append(outcome.how());
    }
    long now = System.nanoTime();
    line.append(" (").append(TestCommand.seconds(Duration.ofNanos(now - last)));
    last = now;
    if (left >= 0) {
      line.append("; ").append(left == 0 ? "the last" : "at most " + left + " to come");
    }
    out.accept(line.append(")").toString());
    return outcome.verdict();
  }
}
