package dev.pollard.llvm;

import static dev.pollard.llvm.capi.Core.CORE;

/// One edge from a user to what it uses.
///
/// @param module the owner
/// @param ref the C library's reference
public record Use(Module module, long ref) {
  /// Who uses.
  public Value user() {
    return Value.of(module, CORE.LLVMGetUser(ref));
  }

  /// What is used.
  public Value value() {
    return Value.of(module, CORE.LLVMGetUsedValue(ref));
  }

  /// Which operand of the user this is.
  public int operandIndex() {
    long user = CORE.LLVMGetUser(ref);
    int count = CORE.LLVMGetNumOperands(user);
    for (int i = 0; i < count; i++) {
      if (CORE.LLVMGetOperandUse(user, i) == ref) {
        return i;
      }
    }
    throw new IllegalStateException("a use that its user does not know");
  }

  /// Lets this user use another value here.
  public void set(Value value) {
    CORE.LLVMSetOperand(CORE.LLVMGetUser(ref), operandIndex(), value.ref());
  }
}
