package dev.pollard.llvm;

import static dev.pollard.llvm.capi.Core.CORE;
import static dev.pollard.llvm.capi.DebugInfo.DEBUG_INFO;

import dev.pollard.llvm.capi.CString;
import dev.pollard.llvm.capi.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An instruction. Which methods make sense follows from [#opcode()]; LLVM checks nothing.
public record Instruction(Module module, long ref) implements Value {
  /// One case of a switch.
  ///
  /// @param value the value that selects it
  /// @param successor its successor index, at least 1
  /// @param target where it goes
  public record Case(ConstantInt value, int successor, BasicBlock target) {}

  /// What it does.
  public Opcode opcode() {
    return Opcode.of(CORE.LLVMGetInstructionOpcode(ref));
  }

  /// The block that holds it.
  public BasicBlock block() {
    return new BasicBlock(module, CORE.LLVMGetInstructionParent(ref));
  }

  /// The function that holds it.
  public Function function() {
    return block().function();
  }

  /// The instruction after it in its block.
  public Optional<Instruction> next() {
    return optional(CORE.LLVMGetNextInstruction(ref));
  }

  /// The instruction before it in its block.
  public Optional<Instruction> previous() {
    return optional(CORE.LLVMGetPreviousInstruction(ref));
  }

  /// Deletes it; nothing may use it.
  public void erase() {
    CORE.LLVMInstructionEraseFromParent(ref);
  }

  /// Takes it out of its block, to be put elsewhere by [Builder#insert].
  public void remove() {
    CORE.LLVMInstructionRemoveFromParent(ref);
  }

  /// Moves it before `other`.
  public void moveBefore(Instruction other) {
    try (Builder builder = new Builder(module)) {
      builder.before(other);
      builder.moveHere(this);
    }
  }

  /// A copy without a name and without a block, to be put somewhere by [Builder#insert].
  public Instruction copy() {
    return new Instruction(module, CORE.LLVMInstructionClone(ref));
  }

  /// Deletes a copy that stands in no block.
  public void deleteLoose() {
    CORE.LLVMDeleteInstruction(ref);
  }

  // --- Calls

  /// Whether it is a call or an invoke.
  public boolean isCall() {
    return switch (opcode()) {
      case CALL, INVOKE, CALL_BR -> true;
      default -> false;
    };
  }

  /// What a call calls.
  public Value callee() {
    return Value.of(module, CORE.LLVMGetCalledValue(ref));
  }

  /// The function that a call calls directly.
  public Optional<Function> calledFunction() {
    return isCall() && callee() instanceof Function f ? Optional.of(f) : Optional.empty();
  }

  /// The text of the inline assembly that this is, if it is some: LLVM's, with `$0` for an operand.
  public Optional<String> assembly() {
    if (!isCall()) {
      return Optional.empty();
    }
    long callee = callee().ref();
    if (CORE.LLVMIsAInlineAsm(callee) == 0) {
      return Optional.empty();
    }
    return Optional.of(CString.copy(length -> CORE.LLVMGetInlineAsmAsmString(callee, length)));
  }

  /// The function type that a call goes by.
  public Type callType() {
    return new Type(module, CORE.LLVMGetCalledFunctionType(ref));
  }

  /// How many arguments a call passes.
  public int argumentCount() {
    return CORE.LLVMGetNumArgOperands(ref);
  }

  /// An argument that a call passes.
  public Value argument(int index) {
    return operand(index);
  }

  /// The attributes that a call itself carries, by the indices of [Attributes].
  public Attributes attributes(int index) {
    return new Attributes(this, index);
  }

  /// The calling convention of a call.
  public int callingConvention() {
    return CORE.LLVMGetInstructionCallConv(ref);
  }

  /// Changes the calling convention of a call.
  public void setCallingConvention(int convention) {
    CORE.LLVMSetInstructionCallConv(ref, convention);
  }

  /// Takes a call's mark `tail` away: it may look at its caller's frame.
  public void clearTail() {
    if (opcode() == Opcode.CALL) {
      CORE.LLVMSetTailCall(ref, false);
    }
  }

  /// Whether a call is marked `musttail`: then it must stay just before the return.
  public boolean isMustTail() {
    return opcode() == Opcode.CALL && CORE.LLVMGetTailCallKind(ref) == 2;
  }

  /// Where an invoke goes when the callee returns.
  public BasicBlock normalTarget() {
    return new BasicBlock(module, CORE.LLVMGetNormalDest(ref));
  }

  /// Where an invoke goes when the callee unwinds.
  public BasicBlock unwindTarget() {
    return new BasicBlock(module, CORE.LLVMGetUnwindDest(ref));
  }

  // --- Terminators

  /// Whether it ends a block.
  public boolean isTerminator() {
    return switch (opcode()) {
      case RET,
          BR,
          SWITCH,
          INDIRECT_BR,
          INVOKE,
          UNREACHABLE,
          RESUME,
          CLEANUP_RET,
          CATCH_RET,
          CATCH_SWITCH,
          CALL_BR ->
          true;
      default -> false;
    };
  }

  /// How many successors a terminator has.
  public int successorCount() {
    return CORE.LLVMGetNumSuccessors(ref);
  }

  /// A successor; of a switch 0 is the default.
  public BasicBlock successor(int index) {
    return new BasicBlock(module, CORE.LLVMGetSuccessor(ref, index));
  }

  /// Changes a successor. The phis there must be told.
  public void setSuccessor(int index, BasicBlock block) {
    CORE.LLVMSetSuccessor(ref, index, block.ref());
  }

  /// Whether a branch has a condition.
  public boolean isConditional() {
    return CORE.LLVMIsConditional(ref);
  }

  /// The condition of a conditional branch, or what a switch looks at.
  public Value condition() {
    return opcode() == Opcode.SWITCH ? operand(0) : Value.of(module, CORE.LLVMGetCondition(ref));
  }

  /// Where a switch goes when no case fits.
  public BasicBlock switchDefault() {
    return new BasicBlock(module, CORE.LLVMGetSwitchDefaultDest(ref));
  }

  /// The cases of a switch. Since LLVM 22 their values are no operands.
  public List<Case> cases() {
    boolean operands = !NativeLibrary.exports("LLVMGetSwitchCaseValue");
    int count = successorCount();
    List<Case> cases = new ArrayList<>(count);
    for (int i = 1; i < count; i++) {
      long value = operands ? CORE.LLVMGetOperand(ref, 2 * i) : CORE.LLVMGetSwitchCaseValue(ref, i);
      cases.add(new Case(new ConstantInt(module, value), i, successor(i)));
    }
    return cases;
  }

  /// Adds a case to a switch.
  public void addCase(ConstantInt value, BasicBlock target) {
    CORE.LLVMAddCase(ref, value.ref(), target.ref());
  }

  // --- Phis

  /// How many edges a phi knows.
  public int incomingCount() {
    return CORE.LLVMCountIncoming(ref);
  }

  /// The value of an edge.
  public Value incomingValue(int index) {
    return Value.of(module, CORE.LLVMGetIncomingValue(ref, index));
  }

  /// The block of an edge.
  public BasicBlock incomingBlock(int index) {
    return new BasicBlock(module, CORE.LLVMGetIncomingBlock(ref, index));
  }

  /// The value for an edge from `block`; empty when there is no such edge.
  public Optional<Value> incomingFrom(BasicBlock block) {
    for (int i = 0; i < incomingCount(); i++) {
      if (incomingBlock(i).equals(block)) {
        return Optional.of(incomingValue(i));
      }
    }
    return Optional.empty();
  }

  /// Adds an edge to a phi.
  public void addIncoming(Value value, BasicBlock block) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment values = arena.allocateFrom(ValueLayout.JAVA_LONG, value.ref());
      MemorySegment blocks = arena.allocateFrom(ValueLayout.JAVA_LONG, block.ref());
      CORE.LLVMAddIncoming(ref, values, blocks, 1);
    }
  }

  /// Lets every edge from `from` come from `to`: the phi is rebuilt, because the C library cannot
  /// change one. Returns the new phi; this one is erased.
  public Instruction replaceIncomingBlock(BasicBlock from, BasicBlock to) {
    try (Builder builder = new Builder(module)) {
      builder.before(this);
      Instruction rebuilt = builder.phi(type());
      for (int i = 0; i < incomingCount(); i++) {
        BasicBlock block = incomingBlock(i);
        rebuilt.addIncoming(incomingValue(i), block.equals(from) ? to : block);
      }
      replaceAllUsesWith(rebuilt);
      debugLocation().ifPresent(rebuilt::setDebugLocation);
      erase();
      return rebuilt;
    }
  }

  // --- Memory

  /// Whether a load, store or memory intrinsic is volatile.
  public boolean isVolatile() {
    return switch (opcode()) {
      case LOAD, STORE, CMPXCHG, ATOMIC_RMW -> CORE.LLVMGetVolatile(ref);
      default -> false;
    };
  }

  /// Whether it is atomic.
  public boolean isAtomic() {
    return CORE.LLVMIsAtomic(ref);
  }

  /// The alignment in bytes of an alloca, load or store.
  public int alignment() {
    return CORE.LLVMGetAlignment(ref);
  }

  /// Changes the alignment in bytes of an alloca, load or store.
  public void setAlignment(int bytes) {
    CORE.LLVMSetAlignment(ref, bytes);
  }

  /// What an alloca makes room for.
  public Type allocatedType() {
    return new Type(module, CORE.LLVMGetAllocatedType(ref));
  }

  /// The element type that a `getelementptr` steps over.
  public Type gepSourceType() {
    return new Type(module, CORE.LLVMGetGEPSourceElementType(ref));
  }

  /// LLVM's number of an integer comparison, from 32 (`eq`) and 33 (`ne`) on.
  public int predicate() {
    return CORE.LLVMGetICmpPredicate(ref);
  }

  /// The indices of an `extractvalue` or `insertvalue`.
  public int[] indices() {
    return CString.ints(CORE.LLVMGetIndices(ref), CORE.LLVMGetNumIndices(ref));
  }

  // --- Metadata

  /// Metadata of a kind (see [Context#metadataKind]).
  public Optional<Metadata> metadata(int kind) {
    long value = CORE.LLVMGetMetadata(ref, kind);
    return value == 0
        ? Optional.empty()
        : Optional.of(new Metadata(module, CORE.LLVMValueAsMetadata(value)));
  }

  /// Removes metadata of a kind.
  public void removeMetadata(int kind) {
    CORE.LLVMSetMetadata(ref, kind, 0);
  }

  /// Where it comes from.
  public Optional<Metadata> debugLocation() {
    return Metadata.optional(module, DEBUG_INFO.LLVMInstructionGetDebugLoc(ref));
  }

  /// Says where it comes from.
  public void setDebugLocation(Metadata location) {
    DEBUG_INFO.LLVMInstructionSetDebugLoc(ref, location.ref());
  }

  /// Says that it comes from nowhere.
  public void dropDebugLocation() {
    DEBUG_INFO.LLVMInstructionSetDebugLoc(ref, 0);
  }

  /// For code that now stands for several places: line 0 of its function, because a wrong line is
  /// worse than none. Calls must have a location where the callee has debug info.
  public void setLineZero() {
    Optional<Metadata> subprogram = function().subprogram();
    if (subprogram.isPresent()) {
      setDebugLocation(
          new Metadata(
              module,
              DEBUG_INFO.LLVMDIBuilderCreateDebugLocation(
                  module.context().ref(), 0, 0, subprogram.get().ref(), 0)));
    } else {
      dropDebugLocation();
    }
  }

  private Optional<Instruction> optional(long other) {
    return other == 0 ? Optional.empty() : Optional.of(new Instruction(module, other));
  }
}
