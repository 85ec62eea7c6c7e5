package dev.pollard.llvm;

import static dev.pollard.llvm.capi.Core.CORE;

import dev.pollard.llvm.capi.CString;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// A value of a module. Equal records are the same value. A record is a borrowed reference: it is
/// dead once the value is erased or its module closed.
public sealed interface Value
    permits GlobalValue, BasicBlock, Instruction, Argument, ConstantInt, Constant, OtherValue {
  /// The module that owns it.
  Module module();

  /// The C library's reference; never 0.
  long ref();

  /// Wraps a reference, which must not be 0, in the record of its kind.
  static Value of(Module module, long ref) {
    // The numbers are those of LLVMValueKind.
    return switch (CORE.LLVMGetValueKind(ref)) {
      case 0 -> new Argument(module, ref);
      case 1 -> new BasicBlock(module, ref);
      case 5 -> new Function(module, ref);
      case 6 -> new GlobalAlias(module, ref);
      case 8 -> new GlobalVariable(module, ref);
      case 18 -> new ConstantInt(module, ref);
      case 7, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19, 20, 21, 25, 26, 27 ->
          new Constant(module, ref);
      case 24 -> new Instruction(module, ref);
      default -> new OtherValue(module, ref);
    };
  }

  /// Its type.
  default Type type() {
    return new Type(module(), CORE.LLVMTypeOf(ref()));
  }

  /// Its name: the symbol of a global value, or the name of a local one, which may be empty.
  default String name() {
    return CString.copy(length -> CORE.LLVMGetValueName2(ref(), length));
  }

  /// Renames it; LLVM adds a suffix when the name is taken.
  default void setName(String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(name);
      CORE.LLVMSetValueName2(ref(), text, text.byteSize() - 1);
    }
  }

  /// Who uses it, newest first. The use at hand may be changed.
  default Iterable<Use> uses() {
    return Chain.of(CORE.LLVMGetFirstUse(ref()), CORE::LLVMGetNextUse, r -> new Use(module(), r));
  }

  /// Whether anything uses it.
  default boolean hasUses() {
    return CORE.LLVMGetFirstUse(ref()) != 0;
  }

  /// Lets every user use `other` instead.
  default void replaceAllUsesWith(Value other) {
    CORE.LLVMReplaceAllUsesWith(ref(), other.ref());
  }

  /// Whether it is `undef` or `poison`.
  default boolean isUndef() {
    return CORE.LLVMIsUndef(ref());
  }

  /// Whether it is the zero of its type.
  default boolean isZero() {
    return CORE.LLVMIsNull(ref());
  }

  /// How many operands it has; 0 for what is no user.
  default int operandCount() {
    return Math.max(0, CORE.LLVMGetNumOperands(ref()));
  }

  /// An operand. LLVM's order: for a call the arguments first, the callee last.
  default Value operand(int index) {
    return Value.of(module(), CORE.LLVMGetOperand(ref(), index));
  }

  /// An operand that may be missing, such as the personality of a function.
  default Optional<Value> optionalOperand(int index) {
    long operand = CORE.LLVMGetOperand(ref(), index);
    return operand == 0 ? Optional.empty() : Optional.of(Value.of(module(), operand));
  }

  /// Changes an operand.
  default void setOperand(int index, Value value) {
    CORE.LLVMSetOperand(ref(), index, value.ref());
  }

  /// It as text.
  default String print() {
    return CString.take(CORE.LLVMPrintValueToString(ref()));
  }
}
