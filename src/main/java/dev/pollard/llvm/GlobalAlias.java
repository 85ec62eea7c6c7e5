package dev.pollard.llvm;

import static dev.pollard.llvm.capi.Core.CORE;

/// A second symbol for something.
public record GlobalAlias(Module module, long ref) implements GlobalValue {
  /// What it stands for.
  public Value aliasee() {
    return Value.of(module, CORE.LLVMAliasGetAliasee(ref));
  }

  /// Lets it stand for another value.
  public void setAliasee(Value value) {
    CORE.LLVMAliasSetAliasee(ref, value.ref());
  }
}
