package dev.pollard.prune;

import dev.pollard.tune.Evaluation;
import dev.pollard.tune.Recipe;
import dev.pollard.tune.RecipeSearch;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Which of the recipes that a search tried is taken: the smallest of those whose deepest poll path
/// is no deeper than stock's. Stack that was enough for stock may not be enough for a deeper path,
/// and nothing would say so before it overflows.
final class Choice {
  /// By what share of stock's a path may be deeper on a system with threads' stacks of megabytes.
  private static final long HOSTED_SHARE = 20;

  /// By how many bytes it may be deeper there in any case: a page, one of 512 that a thread has.
  private static final long HOSTED_BYTES = 4096;

  private Choice() {}

  /// What a recipe must keep to: stock's own stack on firmware, where every byte of it is set aside
  /// by hand; a twentieth or a page more elsewhere, whichever is more.
  static Evaluation bound(Evaluation stock, boolean firmware) {
    long deepest = stock.deepestPollPath();
    return new Evaluation(
        stock.flash(),
        firmware ? deepest : deepest + Math.max(HOSTED_BYTES, deepest / HOSTED_SHARE),
        stock.pollFrames());
  }

  /// @param stock its [#bound], measured on the same terms as the trials
  /// @throws PruneException when none may be taken, with the reason
  static RecipeSearch.Candidate of(RecipeSearch.Outcome outcome, Evaluation stock)
      throws PruneException {
    if (outcome.candidates().isEmpty()) {
      throw new PruneException(
          outcome.problems().isEmpty()
              ? "there was no time to try anything"
              : outcome.problems().getFirst());
    }
    var best =
        outcome.candidates().stream()
            .filter(c -> c.evaluation().deepestPollPath() <= stock.deepestPollPath())
            .min(Comparator.comparingLong(c -> c.evaluation().flash()))
            .orElseThrow(
                () -> new PruneException("no recipe leaves the stack of poll functions as it is"));
    if (best.evaluation().flash() >= stock.flash()) {
      throw new PruneException("nothing tried made it smaller");
    }
    return best;
  }

  /// The best one whose passes go another way than those of a recipe that was refused in the end;
  /// empty when none may be taken.
  static Optional<RecipeSearch.Candidate> another(
      RecipeSearch.Outcome outcome, Evaluation stock, Recipe refused) {
    var others =
        outcome.candidates().stream()
            .filter(c -> !c.recipe().body().equals(refused.body()))
            .toList();
    try {
      return Optional.of(of(new RecipeSearch.Outcome(others, List.of()), stock));
    } catch (PruneException _) {
      return Optional.empty();
    }
  }
}
