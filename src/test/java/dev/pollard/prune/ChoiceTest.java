package dev.pollard.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pollard.llvm.CodeGenLevel;
import dev.pollard.llvm.CodeGeneration;
import dev.pollard.tune.Evaluation;
import dev.pollard.tune.Recipe;
import dev.pollard.tune.RecipeSearch.Candidate;
import dev.pollard.tune.RecipeSearch.Outcome;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChoiceTest {
  private static final Evaluation STOCK = new Evaluation(1000, 200, 80);

  private static Candidate candidate(long flash, long deepest) {
    // Frames may grow: only the deepest path is promised.
    var recipe =
        Recipe.of(
            List.of("flash-" + flash, "deepest-" + deepest), CodeGeneration.of(CodeGenLevel.LESS));
    return new Candidate(recipe, new Evaluation(flash, deepest, 500));
  }

  private static Candidate choice(Candidate... candidates) throws PruneException {
    return Choice.of(new Outcome(Arrays.asList(candidates), List.of()), STOCK);
  }

  @Test
  void theSmallestIsTaken() throws PruneException {
    assertThat(choice(candidate(900, 100), candidate(800, 150), candidate(950, 10)))
        .isEqualTo(candidate(800, 150));
  }

  @Test
  void aDeeperPathIsTurnedDownHoweverSmall() throws PruneException {
    assertThat(choice(candidate(500, 201), candidate(990, 199))).isEqualTo(candidate(990, 199));
    assertThatThrownBy(() -> choice(candidate(500, 201), candidate(10, 100_000)))
        .isInstanceOf(PruneException.class)
        .hasMessage("no recipe leaves the stack of poll functions as it is");
  }

  @Test
  void aPathAsDeepAsStocksIsTaken() throws PruneException {
    assertThat(choice(candidate(900, 200))).isEqualTo(candidate(900, 200));
  }

  @Test
  void whatIsNotSmallerIsNotTaken() {
    assertThatThrownBy(() -> choice(candidate(1000, 10)))
        .hasMessage("nothing tried made it smaller");
    assertThatThrownBy(() -> choice(candidate(1001, 10), candidate(900, 300)))
        .hasMessage("nothing tried made it smaller");
  }

  @Test
  void withoutACandidateTheFirstProblemIsTheReason() {
    assertThatThrownBy(
            () -> Choice.of(new Outcome(List.of(), List.of("it died", "it died again")), STOCK))
        .isInstanceOf(PruneException.class)
        .hasMessage("it died");
    assertThatThrownBy(() -> choice()).hasMessage("there was no time to try anything");
  }

  @Test
  void problemsOfOthersDoNotHideADeeperPath() {
    var outcome = new Outcome(List.of(candidate(500, 201)), List.of("another one died"));
    assertThatThrownBy(() -> Choice.of(outcome, STOCK)).hasMessageContaining("stack");
  }

  @Test
  void firmwareKeepsToStocksStackAndHostedProgramsToAPageOrATwentiethMore() {
    var stock = new Evaluation(1000, 2000, 30);
    assertThat(Choice.bound(stock, true)).isEqualTo(stock);
    assertThat(Choice.bound(stock, false)).isEqualTo(new Evaluation(1000, 6096, 30));
    assertThat(Choice.bound(new Evaluation(1000, 200_000, 30), false).deepestPollPath())
        .isEqualTo(210_000);
  }

  @Test
  void inThePlaceOfWhatIsRefusedOneThatGoesAnotherWayIsTaken() {
    var best = candidate(800, 150);
    var sameWay = new Candidate(best.recipe().finished(List.of("x")), best.evaluation());
    var outcome = new Outcome(List.of(best, sameWay, candidate(900, 100)), List.of());
    assertThat(Choice.another(outcome, STOCK, best.recipe())).contains(candidate(900, 100));
    var deeper = new Outcome(List.of(best, sameWay, candidate(900, 201)), List.of("a problem"));
    assertThat(Choice.another(deeper, STOCK, best.recipe())).isEmpty();
  }
}
