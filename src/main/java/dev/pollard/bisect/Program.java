package dev.pollard.bisect;

import dev.pollard.pass.PassOptions;
import dev.pollard.tune.Recipe;

/// A program that can be made from one capture.
sealed interface Program {
  /// As rustc made it.
  record Stock() implements Program {}

  /// What rustc's own passes left, with its code generated and linked by Pollard.
  record Emitted() implements Program {}

  /// What a recipe makes.
  ///
  /// @param limit how many changes are made; of rustc's own LTO pipeline nothing is left out
  record Pruned(Recipe recipe, PassOptions options, long limit) implements Program {
    Pruned upTo(long changes) {
      return new Pruned(recipe, options, changes);
    }
  }
}
