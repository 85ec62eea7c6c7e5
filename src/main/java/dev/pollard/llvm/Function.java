package dev.pollard.llvm;

import static dev.pollard.llvm.capi.Analysis.ANALYSIS;
import static dev.pollard.llvm.capi.Core.CORE;
import static dev.pollard.llvm.capi.DebugInfo.DEBUG_INFO;

import dev.pollard.llvm.capi.Analysis;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A function, defined or declared.
public record Function(Module module, long ref) implements GlobalValue {
  /// The blocks in order, the entry first; none for a declaration. The one at hand may be deleted.
  public Iterable<BasicBlock> blocks() {
    return Chain.of(
        CORE.LLVMGetFirstBasicBlock(ref),
        CORE::LLVMGetNextBasicBlock,
        r -> new BasicBlock(module, r));
  }

  /// The entry block.
  ///
  /// @throws IllegalStateException for a declaration
  public BasicBlock entry() {
    long first = CORE.LLVMGetFirstBasicBlock(ref);
    if (first == 0) {
      throw new IllegalStateException(name() + " has no body");
    }
    return new BasicBlock(module, first);
  }

  /// How many blocks it has.
  public int blockCount() {
    return CORE.LLVMCountBasicBlocks(ref);
  }

  /// How many instructions it has.
  public int instructionCount() {
    int count = 0;
    for (BasicBlock block : blocks()) {
      for (Instruction _ : block.instructions()) {
        count++;
      }
    }
    return count;
  }

  /// A new block at the end.
  public BasicBlock appendBlock(String name) {
    try (Arena arena = Arena.ofConfined()) {
      return new BasicBlock(
          module,
          CORE.LLVMAppendBasicBlockInContext(
              module.context().ref(), ref, arena.allocateFrom(name)));
    }
  }

  /// What it returns.
  public Type returnType() {
    return valueType().returnType();
  }

  /// Its parameters.
  public List<Argument> arguments() {
    int count = CORE.LLVMCountParams(ref);
    List<Argument> arguments = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      arguments.add(new Argument(module, CORE.LLVMGetParam(ref, i)));
    }
    return arguments;
  }

  /// One parameter.
  public Argument argument(int index) {
    return new Argument(module, CORE.LLVMGetParam(ref, index));
  }

  /// How many parameters it has.
  public int argumentCount() {
    return CORE.LLVMCountParams(ref);
  }

  /// Attributes of the function itself.
  public Attributes attributes() {
    return new Attributes(this, Attributes.FUNCTION);
  }

  /// Attributes at an index: [Attributes#RETURN], [Attributes#FUNCTION], or 1 + the parameter.
  public Attributes attributes(int index) {
    return new Attributes(this, index);
  }

  /// LLVM's number of a calling convention; 0 is C.
  public int callingConvention() {
    return CORE.LLVMGetFunctionCallConv(ref);
  }

  /// Changes the calling convention; every caller must follow.
  public void setCallingConvention(int convention) {
    CORE.LLVMSetFunctionCallConv(ref, convention);
  }

  /// Whether it is an intrinsic.
  public boolean isIntrinsic() {
    return CORE.LLVMGetIntrinsicID(ref) != 0;
  }

  /// The personality that its landing pads rely on.
  public Optional<Value> personality() {
    return CORE.LLVMHasPersonalityFn(ref)
        ? Optional.of(Value.of(module, CORE.LLVMGetPersonalityFn(ref)))
        : Optional.empty();
  }

  /// Gives it a personality.
  public void setPersonality(Value personality) {
    CORE.LLVMSetPersonalityFn(ref, personality.ref());
  }

  /// Its debug info.
  public Optional<Metadata> subprogram() {
    return Metadata.optional(module, DEBUG_INFO.LLVMGetSubprogram(ref));
  }

  /// Gives it debug info.
  public void setSubprogram(Metadata subprogram) {
    DEBUG_INFO.LLVMSetSubprogram(ref, subprogram.ref());
  }

  /// Whether LLVM's verifier accepts it.
  public boolean isValid() {
    return !ANALYSIS.LLVMVerifyFunction(ref, Analysis.LLVMReturnStatusAction);
  }

  /// Whether something other than a direct call or invoke uses it: then its address escapes.
  public boolean hasAddressTaken() {
    for (Use use : uses()) {
      if (!(use.value() instanceof Function)
          || !(use.user() instanceof Instruction user)
          || !user.isCall()
          || use.operandIndex() != user.operandCount() - 1) {
        return true;
      }
    }
    return false;
  }

  /// Deletes it; nothing may use it.
  public void delete() {
    CORE.LLVMDeleteFunction(ref);
  }
}
