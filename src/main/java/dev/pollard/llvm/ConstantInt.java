package dev.pollard.llvm;

import static dev.pollard.llvm.capi.Core.CORE;

/// An integer constant of at most 64 bits (wider ones are cut off when read).
public record ConstantInt(Module module, long ref) implements Value {
  /// Its value, zero-extended.
  public long unsigned() {
    return CORE.LLVMConstIntGetZExtValue(ref);
  }

  /// Its value, sign-extended.
  public long signed() {
    return CORE.LLVMConstIntGetSExtValue(ref);
  }
}
