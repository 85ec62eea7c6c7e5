package dev.pollard.llvm;

import static dev.pollard.llvm.capi.Core.CORE;

/// A parameter of a function, as its body sees it.
public record Argument(Module module, long ref) implements Value {
  /// The function.
  public Function function() {
    return new Function(module, CORE.LLVMGetParamParent(ref));
  }
}
