package dev.pollard.prune;

import dev.pollard.pass.Pipeline;
import dev.pollard.report.PassGain;
import dev.pollard.tune.Evaluation;
import dev.pollard.tune.Recipe;
import dev.pollard.worker.WorkerException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/// What each pass of a recipe gives: the recipe is evaluated without it. Runs beside the last
/// compile, which leaves workers idle, or in the time that is left where a trial's object is taken;
/// what is not known then stays unknown.
final class Ablation {
  private final PooledEvaluator evaluator;
  private final Recipe recipe;
  private final Evaluation whole;
  private final Map<String, Evaluation> known = new LinkedHashMap<>();

  Ablation(PooledEvaluator evaluator, Recipe recipe, Evaluation whole) {
    this.evaluator = evaluator;
    this.recipe = recipe;
    this.whole = whole;
  }

  /// Starts on a thread of its own.
  void start() {
    Thread.startVirtualThread(() -> run(() -> true));
  }

  /// Goes through the passes.
  ///
  /// @param allowed whether there is time for one more
  void run(BooleanSupplier allowed) {
    for (String pass : recipe.passes().stream().distinct().toList()) {
      String name = pass.replaceFirst("\\(.*", "");
      if (Pipeline.isBase(name)) {
        continue;
      }
      if (!allowed.getAsBoolean()) {
        return;
      }
      try {
        Evaluation without = evaluator.evaluate(recipe.without(pass)).evaluation();
        synchronized (known) {
          known.put(name, without);
        }
      } catch (WorkerException | CompletionException _) {
        // The workers are gone, or this one cannot be measured: it stays unknown.
        return;
      }
    }
  }

  /// The gains with what is known by now.
  List<PassGain> in(List<PassGain> counts) {
    synchronized (known) {
      List<PassGain> gains = new ArrayList<>();
      for (PassGain pass : counts) {
        Evaluation without = known.get(pass.name());
        gains.add(
            without == null
                ? pass
                : pass.saving(
                    without.flash() - whole.flash(), without.pollFrames() - whole.pollFrames()));
      }
      return gains;
    }
  }
}
