package dev.pollard.tune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.diagnostic.Progress;
import dev.pollard.llvm.CodeGenLevel;
import dev.pollard.llvm.CodeGeneration;
import dev.pollard.pass.Pipeline;
import dev.pollard.worker.WorkerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RecipeSearchTest {
  private static final Pattern THRESHOLD = Pattern.compile("inline-threshold\\((\\d+)\\)");
  private static final Pipeline SIZE = new Pipeline(true, "z", true, Set.of(), Set.of());
  private static final Pipeline SPEED = new Pipeline(false, "3", true, Set.of(), Set.of());

  private static final Evaluation STOCK = new Evaluation(1500, 100, 10);

  private final List<Recipe> asked = Collections.synchronizedList(new ArrayList<>());
  private final Budget budget = new Budget();

  private interface SizeFunction {
    long of(Recipe recipe) throws WorkerException;
  }

  private RecipeSearch search(Pipeline pipeline, SizeFunction size) {
    return knowing(STOCK, search(pipeline, size, r -> 100, Progress.SILENT));
  }

  private RecipeSearch search(
      Pipeline pipeline, SizeFunction size, SizeFunction depth, Progress progress) {
    var evaluator =
        new Evaluator() {
          @Override
          public Trial evaluate(Recipe recipe) throws WorkerException {
            asked.add(recipe);
            return new Trial(
                new Evaluation(size.of(recipe), depth.of(recipe), 10), Duration.ofMillis(1));
          }

          @Override
          public Trial evaluateByFunction(Recipe recipe) throws WorkerException {
            throw new WorkerException("no recipe is told by its functions");
          }

          @Override
          public OptionalLong flash(Recipe recipe) throws WorkerException {
            return later.of(recipe);
          }

          @Override
          public long await() {
            return bitcode;
          }

          @Override
          public int parallelism() {
            return 2;
          }
        };
    return new RecipeSearch(
        pipeline,
        CodeGeneration.of(CodeGenLevel.DEFAULT),
        CodeGeneration.of(CodeGenLevel.LESS),
        evaluator,
        budget,
        progress);
  }

  private RecipeSearch knowing(Evaluation stock, RecipeSearch search) {
    search.stockIs(stock);
    return search;
  }

  private static RecipeSearch.Outcome outcome(RecipeSearch search) {
    search.run();
    return search.outcome();
  }

  private long bitcode = 100_000;
  private Later later = r -> OptionalLong.empty();

  private interface Later {
    OptionalLong of(Recipe recipe) throws WorkerException;
  }

  private static int threshold(Recipe recipe) {
    var matcher = THRESHOLD.matcher(recipe.toString());
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
  }

  private static int rounds(Recipe recipe) {
    return Collections.frequency(recipe.passes(), "round-z");
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 15, 25, 35, 50, 70})
  void findsTheBestThreshold(int best) {
    var outcome = outcome(search(SIZE, r -> 1000L + Math.abs(threshold(r) - best)));
    assertThat(threshold(outcome.candidates().getFirst().recipe())).isEqualTo(best);
    assertThat(outcome.candidates())
        .isSortedAccordingTo(java.util.Comparator.comparingLong(c -> c.evaluation().flash()));
    assertThat(outcome.problems()).isEmpty();
    assertThat(asked).doesNotHaveDuplicates();
  }

  @Test
  void goesToTheBetterSideFirst() {
    search(SIZE, r -> 1000L + threshold(r)).run();
    assertThat(asked.stream().map(RecipeSearchTest::threshold).distinct().limit(4))
        .containsExactlyInAnyOrder(15, 35, 5, 25);
  }

  @Test
  void findsABetterOneBehindAWorseOne() {
    bitcode = 1_000_000;
    var outcome =
        outcome(search(SIZE, r -> threshold(r) == 5 ? 900 : 1000L + Math.abs(threshold(r) - 50)));
    assertThat(threshold(outcome.candidates().getFirst().recipe())).isEqualTo(5);
  }

  @Test
  void whatTurnsOutLaterDecides() {
    later = r -> threshold(r) == 35 ? OptionalLong.of(500) : OptionalLong.empty();
    var outcome = outcome(search(SIZE, r -> 1000L + threshold(r)));
    assertThat(threshold(outcome.candidates().getFirst().recipe())).isEqualTo(35);
    assertThat(outcome.candidates().getFirst().evaluation().flash()).isEqualTo(500);
  }

  @Test
  void whatTurnsOutToBeImpossibleIsAProblemAndNoCandidate() {
    later =
        r -> {
          if (threshold(r) == 5) {
            throw new WorkerException("cannot be linked");
          }
          return OptionalLong.empty();
        };
    var outcome = outcome(search(SIZE, r -> 1000L + threshold(r)));
    assertThat(threshold(outcome.candidates().getFirst().recipe())).isEqualTo(15);
    assertThat(outcome.problems()).contains("cannot be linked");
  }

  @Test
  void takesTheEndThatIsSmallest() {
    var outcome =
        outcome(
            search(
                SIZE,
                r ->
                    1000
                        + threshold(r)
                        - 100L * rounds(r)
                        - (r.passes().contains("tail-z") ? 10 : 0)
                        - (r.generation().level() == CodeGenLevel.DEFAULT ? 1 : 0)));
    var taken = outcome.candidates().getFirst().recipe();
    assertThat(threshold(taken)).isEqualTo(5);
    assertThat(rounds(taken)).isEqualTo(2);
    assertThat(taken.passes()).endsWith("tail-z");
    assertThat(taken.generation()).isEqualTo(CodeGeneration.of(CodeGenLevel.DEFAULT));
  }

  @Test
  void aRoundThatGivesNothingIsNotFollowed() {
    search(SIZE, r -> 1000L + threshold(r) + 100L * rounds(r)).run();
    assertThat(asked).filteredOn(r -> rounds(r) == 2).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"100000, 15", "1000000, 35"})
  void aGuessFitsTheProgramsSize(long size, int expected) {
    bitcode = size;
    var guesses = search(SIZE, r -> 1000).guesses();
    assertThat(guesses).extracting(RecipeSearchTest::threshold).containsOnly(expected);
    assertThat(guesses)
        .extracting(r -> r.passes().contains("packed-locations"))
        .containsExactly(true, false, false);
    assertThat(asked).isEmpty();
  }

  @Test
  void aSearchThatWasStoppedTriesNothing() {
    var search = search(SIZE, r -> 1000);
    search.stop();
    var outcome = outcome(search);
    assertThat(outcome.candidates()).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void theFirstPairIsTriedEvenWhenTheBudgetIsSpent() {
    budget.endIn(Duration.ZERO);
    var outcome = outcome(search(SIZE, r -> 1000));
    assertThat(outcome.candidates()).hasSize(2);
  }

  @Test
  void whenTheBudgetEndsTheSearchEnds() {
    var outcome =
        outcome(
            search(
                SIZE,
                r -> {
                  budget.endIn(Duration.ZERO);
                  return 1000L + threshold(r);
                }));
    assertThat(asked).extracting(RecipeSearchTest::threshold).containsExactlyInAnyOrder(15, 35);
    assertThat(threshold(outcome.candidates().getFirst().recipe())).isEqualTo(15);
  }

  @Test
  void whatCannotBeEvaluatedIsAProblemAndNoCandidate() {
    var outcome =
        outcome(
            search(
                SIZE,
                r -> {
                  if (threshold(r) == 15) {
                    throw new WorkerException("no fifteen");
                  }
                  return 1000L + Math.abs(threshold(r) - 25);
                }));
    assertThat(outcome.problems()).containsExactly("no fifteen");
    assertThat(outcome.candidates()).noneMatch(c -> threshold(c.recipe()) == 15);
    assertThat(threshold(outcome.candidates().getFirst().recipe())).isEqualTo(25);
  }

  @Test
  void whenNothingCanBeEvaluatedThereIsNoCandidate() {
    var outcome =
        outcome(
            search(
                SIZE,
                r -> {
                  throw new WorkerException("dead");
                }));
    assertThat(outcome.candidates()).isEmpty();
    assertThat(outcome.problems()).containsExactly("dead", "dead");
  }

  @Test
  void forSpeedNothingIsSearched() {
    var outcome = outcome(search(SPEED, r -> 1000));
    var recipe = outcome.candidates().getFirst().recipe();
    assertThat(asked).containsExactly(recipe);
    assertThat(recipe.generation()).isEqualTo(CodeGeneration.of(CodeGenLevel.DEFAULT));
    assertThat(recipe.passes()).contains("lto-3");
    assertThat(threshold(recipe)).isEqualTo(-1);
  }

  @Test
  void progressTellsWhatIsSavedAgainstStock() {
    List<Long> saved = Collections.synchronizedList(new ArrayList<>());
    var search =
        knowing(
            STOCK,
            search(
                SIZE, r -> 1000L + threshold(r), r -> 100, (_, _, _, bytes) -> saved.add(bytes)));
    search.run();
    assertThat(saved).hasSameSizeAs(asked).endsWith(495L);
  }

  @Test
  void theBudgetFollowsTheEffort() {
    var rustc = Duration.ofSeconds(8);
    assertThat(Budget.total(dev.pollard.config.Effort.FAST, java.util.Optional.empty(), rustc))
        .isEqualTo(rustc);
    assertThat(Budget.total(dev.pollard.config.Effort.DEFAULT, java.util.Optional.empty(), rustc))
        .isEqualTo(Duration.ofSeconds(14));
    budget.endIn(Duration.ofHours(1));
    assertThat(budget.allows(Duration.ofMinutes(59))).isTrue();
    assertThat(budget.allows(Duration.ofMinutes(61))).isFalse();
  }

  private static long finish(Recipe recipe) {
    return recipe.passes().contains("packed-locations")
        ? 0
        : recipe.passes().contains("packed-locations(rows)") ? 1 : 2;
  }

  @Test
  void whatNeedsTooDeepAStackIsFinishedInAnotherWay() {
    var outcome =
        outcome(
            knowing(
                STOCK,
                search(
                    SIZE,
                    r -> 1000L + threshold(r) + 200 * finish(r),
                    r -> 120 - 20 * finish(r),
                    Progress.SILENT)));
    var best =
        outcome.candidates().stream()
            .filter(c -> c.evaluation().deepestPollPath() <= 100)
            .findFirst()
            .orElseThrow()
            .recipe();
    assertThat(threshold(best)).isEqualTo(5);
    assertThat(finish(best)).isEqualTo(1);
    assertThat(asked).filteredOn(r -> rounds(r) == 2).isNotEmpty().allMatch(r -> finish(r) == 1);
  }

  @Test
  void anotherFinishIsTriedWhateverTheTime() {
    var outcome =
        outcome(
            knowing(
                STOCK,
                search(
                    SIZE,
                    r -> {
                      budget.endIn(Duration.ZERO);
                      return 1000 + 200 * finish(r);
                    },
                    r -> 140 - 20 * finish(r),
                    Progress.SILENT)));
    assertThat(outcome.candidates())
        .filteredOn(c -> c.evaluation().deepestPollPath() <= 100)
        .singleElement()
        .matches(c -> finish(c.recipe()) == 2);
  }

  @Test
  void whereAllIsTooDeepLessIsInlined() {
    bitcode = 1_000_000;
    var outcome =
        outcome(
            knowing(
                STOCK,
                search(
                    SIZE,
                    r -> {
                      budget.endIn(Duration.ZERO);
                      return 1000L + Math.abs(threshold(r) - 50);
                    },
                    r -> threshold(r) <= 15 ? 100 : 120,
                    Progress.SILENT)));
    assertThat(outcome.candidates())
        .filteredOn(c -> c.evaluation().deepestPollPath() <= 100)
        .first()
        .matches(c -> threshold(c.recipe()) == 15);
    assertThat(asked).noneMatch(r -> threshold(r) == 5);
  }

  @Test
  void stoppedMeanwhileItEndsWithWhatIsThere() {
    var search =
        new Object() {
          RecipeSearch it =
              search(
                  SIZE,
                  r -> {
                    stop();
                    return 1000L + threshold(r);
                  },
                  r -> 500,
                  Progress.SILENT);

          void stop() {
            it.stop();
          }
        };
    assertThat(outcome(search.it).candidates()).hasSize(2);
    assertThat(asked).allMatch(r -> finish(r) == 0);
  }

  @Test
  void aLargeProgramBeginsHigher() {
    bitcode = 1_000_000;
    search(SIZE, r -> 1000L + threshold(r)).run();
    assertThat(asked.stream().map(RecipeSearchTest::threshold).distinct().limit(2))
        .containsExactlyInAnyOrder(35, 50);
  }
}
