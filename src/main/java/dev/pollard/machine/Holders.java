package dev.pollard.machine;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// Where a function's code ended up after inlining.
public final class Holders {
  private Holders() {}

  /// The functions of an object that hold a function's code: itself where it is there, else those
  /// of its callers, and theirs, into which it was inlined.
  ///
  /// @param present whether a function is in the object
  /// @param callers who called a function before anything was inlined
  public static <F> Set<F> of(
      F function, Predicate<F> present, Function<F, ? extends Collection<F>> callers) {
    Set<F> holders = new LinkedHashSet<>();
    Set<F> seen = new HashSet<>();
    var todo = new ArrayDeque<>(List.of(function));
    while (!todo.isEmpty()) {
      F next = todo.pop();
      if (!seen.add(next)) {
        continue;
      }
      if (present.test(next)) {
        holders.add(next);
      } else {
        todo.addAll(callers.apply(next));
      }
    }
    return holders;
  }
}
