package dev.pollard.llvm;

import static dev.pollard.llvm.capi.Core.CORE;

import java.util.Optional;

/// A global variable.
public record GlobalVariable(Module module, long ref) implements GlobalValue {
  /// Its first value; empty for a declaration.
  public Optional<Value> initializer() {
    long value = CORE.LLVMGetInitializer(ref);
    return value == 0 ? Optional.empty() : Optional.of(Value.of(module, value));
  }

  /// Gives it a first value, a constant.
  public void setInitializer(Value value) {
    CORE.LLVMSetInitializer(ref, value.ref());
  }

  /// Whether nobody writes it.
  public boolean isConstant() {
    return CORE.LLVMIsGlobalConstant(ref);
  }

  /// Says whether nobody writes it.
  public void setConstant(boolean constant) {
    CORE.LLVMSetGlobalConstant(ref, constant);
  }

  /// Whether each thread has its own.
  public boolean isThreadLocal() {
    return CORE.LLVMIsThreadLocal(ref);
  }

  /// Whether something other than this program may set it before the start.
  public boolean isExternallyInitialized() {
    return CORE.LLVMIsExternallyInitialized(ref);
  }

  /// Deletes it; nothing may use it.
  public void delete() {
    CORE.LLVMDeleteGlobal(ref);
  }
}
