package dev.pollard.tune;

import dev.pollard.worker.WorkerException;

/// Tells what a recipe makes of the program at hand. A pure function of the program's bitcode, the
/// recipe and the libLLVM's version, so that answers may be kept by content, or come from another
/// machine. May be called from several threads at once.
public interface Evaluator {
  /// Evaluates one recipe.
  ///
  /// @throws WorkerException when it cannot be evaluated; others may still be
  Evaluation evaluate(Recipe recipe) throws WorkerException;

  /// Waits until evaluations can begin, so that what they take can be told from the wait.
  ///
  /// @return bytes of the program's bitcode, a guide to how large the program is; 0 if there is
  ///   none
  long await();

  /// How many evaluations may run at once.
  int parallelism();
}
