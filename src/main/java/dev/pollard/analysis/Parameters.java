package dev.pollard.analysis;

import dev.pollard.llvm.Argument;
import dev.pollard.llvm.Attributes;

/// Finds the place of a parameter in its function.
public final class Parameters {
  private Parameters() {}

  /// The attributes of a parameter.
  public static Attributes attributes(Argument argument) {
    return argument.function().attributes(1 + index(argument));
  }

  /// Which parameter it is.
  public static int index(Argument argument) {
    int index = argument.function().arguments().indexOf(argument);
    if (index < 0) {
      throw new IllegalStateException("a function that does not know its parameter");
    }
    return index;
  }
}
