package dev.pollard.pass;

import dev.pollard.llvm.Function;

/// A pass that looks at one function at a time. The runner gives it every function with a body that
/// may be changed.
public non-sealed interface FunctionPass extends Pass {
  /// Changes `function` and nothing outside it but declarations.
  ///
  /// @return how many things changed; 0 if and only if the function is as it was
  long run(Function function, PassContext context);
}
