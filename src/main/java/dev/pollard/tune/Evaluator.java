package dev.pollard.tune;

import dev.pollard.worker.WorkerException;
import java.util.OptionalLong;

/// Tells what a recipe makes of the program at hand. A pure function of the program's bitcode, the
/// recipe and the libLLVM's version, so that answers may be kept by content, or come from another
/// machine. May be called from several threads at once.
public interface Evaluator {
  /// Evaluates one recipe.
  ///
  /// @throws WorkerException when it cannot be evaluated; others may still be
  Trial evaluate(Recipe recipe) throws WorkerException;

  /// As [#evaluate], and tells the bytes of each function too, which only some searches need.
  ///
  /// @throws WorkerException as it does
  Trial evaluateByFunction(Recipe recipe) throws WorkerException;

  /// Bytes of flash of a recipe that was evaluated before all was known that is needed to tell
  /// them; empty when there is nothing better than what [#evaluate] said. Waits for them.
  ///
  /// @throws WorkerException when it turns out that the recipe cannot be taken
  OptionalLong flash(Recipe recipe) throws WorkerException;

  /// Waits until evaluations can begin, so that what they take can be told from the wait.
  ///
  /// @return bytes of the program's bitcode, a guide to how large the program is; 0 if there is
  ///   none
  long await();

  /// How many evaluations may run at once.
  int parallelism();
}
