package dev.pollard.tune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.diagnostic.Progress;
import dev.pollard.llvm.CodeGenLevel;
import dev.pollard.llvm.CodeGeneration;
import dev.pollard.pass.inlining.CallSites;
import dev.pollard.pass.inlining.InlineDecision;
import dev.pollard.pass.inlining.InlineDecision.Kind;
import dev.pollard.worker.WorkerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// A program of 40 functions that call one helper each, without any code: what a decision costs is
/// made up.
final class InlineSearchTest {
  private static final int FUNCTIONS = 40;
  private static final Recipe BASE =
      Recipe.of(List.of("inline-threshold(5)", "lto-z"), CodeGeneration.of(CodeGenLevel.LESS));
  private static final Evaluation BOUND = new Evaluation(100_000, 64, 64);

  private final List<Integer> asked = new ArrayList<>();

  /// What inlining the helper of a function is worth there: good for every third, but the helper of
  /// number 6 needs something from a library, which no function tells; that of number 9 a deeper
  /// stack.
  private static long change(int function) {
    return function % 3 == 0 ? -20 : 30;
  }

  private static CallSites calls() {
    List<CallSites.Node> nodes = new ArrayList<>();
    List<CallSites.Site> sites = new ArrayList<>();
    for (int f = 0; f < FUNCTIONS; f++) {
      nodes.add(new CallSites.Node("f" + f, "key f" + f, 20));
      nodes.add(new CallSites.Node("h" + f, "key h" + f, 10));
      sites.add(new CallSites.Site(2 * f, 2 * f + 1, 0, f != 12));
    }
    return new CallSites(nodes, sites);
  }

  private Evaluator evaluator(int parallelism) {
    return new Evaluator() {
      @Override
      public Trial evaluate(Recipe recipe) throws WorkerException {
        return evaluateByFunction(recipe);
      }

      @Override
      public synchronized Trial evaluateByFunction(Recipe recipe) throws WorkerException {
        asked.add(recipe.inlining().all().size());
        Map<String, Long> sizes = new HashMap<>();
        long flash = 0;
        long deepest = 64;
        for (int f = 0; f < FUNCTIONS; f++) {
          sizes.put("f" + f, 100L);
          sizes.put("h" + f, 40L);
        }
        for (InlineDecision d : recipe.inlining().all()) {
          int f = Integer.parseInt(d.caller().substring("key f".length()));
          if (d.kind() == Kind.INLINE) {
            sizes.remove("h" + f);
            sizes.put("f" + f, 140L + change(f));
            flash += f == 6 ? 500 : 0;
            deepest = f == 9 ? 128 : deepest;
          }
        }
        flash += sizes.values().stream().mapToLong(Long::longValue).sum();
        return new Trial(new Evaluation(flash, deepest, 10), Duration.ofMillis(1), sizes);
      }

      @Override
      public OptionalLong flash(Recipe recipe) {
        return OptionalLong.empty();
      }

      @Override
      public long await() {
        return 1000;
      }

      @Override
      public int parallelism() {
        return parallelism;
      }
    };
  }

  private List<RecipeSearch.Candidate> found(int parallelism, long seed, OptionalInt trials)
      throws WorkerException {
    var found = new ArrayList<RecipeSearch.Candidate>();
    new InlineSearch(
            evaluator(parallelism),
            new Budget(),
            Progress.SILENT,
            calls(),
            new Tuning.Request(seed, trials))
        .run(
            BASE,
            List.of(),
            BOUND,
            7000,
            (candidate, log) -> {
              found.add(candidate);
              assertThat(log.steps()).hasSameSizeAs(found);
              assertThat(log.steps().getLast().flash()).isEqualTo(candidate.evaluation().flash());
            });
    return found;
  }

  @Test
  void findsWhatIsBetterAndNothingElse() throws WorkerException {
    var best = found(2, 1, OptionalInt.empty()).getLast();
    // Every third of 40 but 6 (the library), 9 (the stack) and 12 (not to be decided about).
    assertThat(best.recipe().inlining().all())
        .hasSize(11)
        .allMatch(d -> d.kind() == Kind.INLINE && d.site() == 0)
        .extracting(InlineDecision::caller)
        .contains("key f0", "key f3", "key f39")
        .doesNotContain("key f6", "key f9", "key f12");
    assertThat(best.evaluation().flash()).isEqualTo(FUNCTIONS * 140 - 11 * 20);
    assertThat(best.recipe().passes()).startsWith("inline-decisions");
  }

  @Test
  void whatIsToldOnlyEverGetsBetter() throws WorkerException {
    var flash = found(2, 1, OptionalInt.empty()).stream().map(c -> c.evaluation().flash()).toList();
    assertThat(flash).hasSizeGreaterThan(1).isSortedAccordingTo((a, b) -> Long.compare(b, a));
    assertThat(flash.getFirst()).isEqualTo(FUNCTIONS * 140);
  }

  @Test
  void aSeedAndANumberOfTrialsGiveOneResultOnAnyNumberOfWorkers() throws WorkerException {
    var one = found(1, 7, OptionalInt.of(20));
    var two = found(2, 7, OptionalInt.of(20));
    assertThat(one).isEqualTo(two);
  }

  @Test
  void manyDecisionsAreTestedByOneTrial() throws WorkerException {
    found(2, 1, OptionalInt.empty());
    assertThat(asked.stream().filter(n -> n > 20)).isNotEmpty();
    assertThat(asked).as("40 functions, two decisions each").hasSizeLessThan(60);
  }

  @Test
  void goesOnFromWhatIsKnown() throws WorkerException {
    var best = found(2, 1, OptionalInt.empty()).getLast();
    asked.clear();
    var again = new ArrayList<RecipeSearch.Candidate>();
    new InlineSearch(evaluator(2), new Budget(), Progress.SILENT, calls(), Tuning.Request.USUAL)
        .run(best.recipe(), List.of(), BOUND, 7000, (candidate, _) -> again.add(candidate));
    assertThat(again.getFirst()).isEqualTo(best);
    assertThat(again.getLast().evaluation().flash()).isEqualTo(best.evaluation().flash());
  }
}
