package dev.pollard.llvm;

import static dev.pollard.llvm.capi.Core.CORE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/// Owns an IR builder: puts new instructions at its position. New instructions take the debug
/// location of the instruction that the builder stands before, or none.
public final class Builder implements AutoCloseable {
  private static final MemorySegment NO_NAME = Arena.global().allocateFrom("");

  private final Module module;
  private final long ref;

  /// A builder without a position.
  public Builder(Module module) {
    this.module = module;
    this.ref = CORE.LLVMCreateBuilderInContext(module.context().ref());
  }

  /// Stands before `instruction`, and before the debug records there.
  public Builder before(Instruction instruction) {
    CORE.LLVMPositionBuilderBeforeInstrAndDbgRecords(ref, instruction.ref());
    return this;
  }

  /// Stands at the end of `block`.
  public Builder atEnd(BasicBlock block) {
    CORE.LLVMPositionBuilderAtEnd(ref, block.ref());
    return this;
  }

  /// Gives new instructions this location.
  public Builder at(Metadata location) {
    CORE.LLVMSetCurrentDebugLocation2(ref, location.ref());
    return this;
  }

  /// Puts an instruction without a block here.
  public void insert(Instruction instruction) {
    CORE.LLVMInsertIntoBuilder(ref, instruction.ref());
  }

  /// Moves an instruction here with its debug location.
  public void moveHere(Instruction instruction) {
    var location = instruction.debugLocation();
    instruction.remove();
    CORE.LLVMInsertIntoBuilder(ref, instruction.ref());
    location.ifPresentOrElse(instruction::setDebugLocation, instruction::dropDebugLocation);
  }

  /// `ret void`.
  public Instruction ret() {
    return instruction(CORE.LLVMBuildRetVoid(ref));
  }

  /// `ret`.
  public Instruction ret(Value value) {
    return instruction(CORE.LLVMBuildRet(ref, value.ref()));
  }

  /// `br`.
  public Instruction branch(BasicBlock target) {
    return instruction(CORE.LLVMBuildBr(ref, target.ref()));
  }

  /// `br i1`.
  public Instruction branch(Value condition, BasicBlock then, BasicBlock otherwise) {
    return instruction(CORE.LLVMBuildCondBr(ref, condition.ref(), then.ref(), otherwise.ref()));
  }

  /// `switch`; cases follow by [Instruction#addCase].
  public Instruction switchOn(Value value, BasicBlock otherwise, int cases) {
    return instruction(CORE.LLVMBuildSwitch(ref, value.ref(), otherwise.ref(), cases));
  }

  /// `unreachable`.
  public Instruction unreachable() {
    return instruction(CORE.LLVMBuildUnreachable(ref));
  }

  /// `phi` without edges.
  public Instruction phi(Type type) {
    return instruction(CORE.LLVMBuildPhi(ref, type.ref(), NO_NAME));
  }

  /// A direct call, with the callee's calling convention.
  public Instruction call(Function callee, List<? extends Value> arguments) {
    Instruction call = call(callee.valueType(), callee, arguments);
    call.setCallingConvention(callee.callingConvention());
    return call;
  }

  /// A call by a function type.
  public Instruction call(Type functionType, Value callee, List<? extends Value> arguments) {
    try (Arena arena = Arena.ofConfined()) {
      return instruction(
          CORE.LLVMBuildCall2(
              ref,
              functionType.ref(),
              callee.ref(),
              refs(arena, arguments),
              arguments.size(),
              NO_NAME));
    }
  }

  /// A direct invoke, with the callee's calling convention.
  public Instruction invoke(
      Function callee, List<? extends Value> arguments, BasicBlock normal, BasicBlock unwind) {
    try (Arena arena = Arena.ofConfined()) {
      Instruction invoke =
          instruction(
              CORE.LLVMBuildInvoke2(
                  ref,
                  callee.valueType().ref(),
                  callee.ref(),
                  refs(arena, arguments),
                  arguments.size(),
                  normal.ref(),
                  unwind.ref(),
                  NO_NAME));
      invoke.setCallingConvention(callee.callingConvention());
      return invoke;
    }
  }

  /// `alloca`, to be put in an entry block.
  public Instruction alloca(Type type, int alignment) {
    Instruction alloca = instruction(CORE.LLVMBuildAlloca(ref, type.ref(), NO_NAME));
    alloca.setAlignment(alignment);
    return alloca;
  }

  /// `load`.
  public Instruction load(Type type, Value pointer, int alignment) {
    Instruction load = instruction(CORE.LLVMBuildLoad2(ref, type.ref(), pointer.ref(), NO_NAME));
    load.setAlignment(alignment);
    return load;
  }

  /// `store`.
  public Instruction store(Value value, Value pointer, int alignment) {
    Instruction store = instruction(CORE.LLVMBuildStore(ref, value.ref(), pointer.ref()));
    store.setAlignment(alignment);
    return store;
  }

  /// `getelementptr inbounds i8`: `pointer` plus bytes.
  public Value offset(Value pointer, long bytes) {
    Type i8 = module.types().integer(8);
    Value index = module.layout().intPointer().constant(bytes);
    try (Arena arena = Arena.ofConfined()) {
      return value(
          CORE.LLVMBuildInBoundsGEP2(
              ref,
              i8.ref(),
              pointer.ref(),
              arena.allocateFrom(ValueLayout.JAVA_LONG, index.ref()),
              1,
              NO_NAME));
    }
  }

  /// `getelementptr`.
  public Value gep(Type source, Value pointer, List<? extends Value> indices, boolean inBounds) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment refs = refs(arena, indices);
      return value(
          inBounds
              ? CORE.LLVMBuildInBoundsGEP2(
                  ref, source.ref(), pointer.ref(), refs, indices.size(), NO_NAME)
              : CORE.LLVMBuildGEP2(
                  ref, source.ref(), pointer.ref(), refs, indices.size(), NO_NAME));
    }
  }

  /// `llvm.memcpy`.
  public Instruction memcpy(Value to, int toAlignment, Value from, int fromAlignment, Value size) {
    return instruction(
        CORE.LLVMBuildMemCpy(ref, to.ref(), toAlignment, from.ref(), fromAlignment, size.ref()));
  }

  /// `llvm.memset`.
  public Instruction memset(Value to, Value octet, Value size, int alignment) {
    return instruction(CORE.LLVMBuildMemSet(ref, to.ref(), octet.ref(), size.ref(), alignment));
  }

  /// A cast; folds constants.
  public Value cast(Opcode opcode, Value value, Type type) {
    return value(CORE.LLVMBuildCast(ref, opcode.number(), value.ref(), type.ref(), NO_NAME));
  }

  /// A binary operation; folds constants.
  public Value binary(Opcode opcode, Value left, Value right) {
    return value(CORE.LLVMBuildBinOp(ref, opcode.number(), left.ref(), right.ref(), NO_NAME));
  }

  /// `icmp`, by LLVM's number of the predicate: 32 is `eq`, 33 is `ne`; folds constants.
  public Value icmp(int predicate, Value left, Value right) {
    return value(CORE.LLVMBuildICmp(ref, predicate, left.ref(), right.ref(), NO_NAME));
  }

  /// `select`; folds constants.
  public Value select(Value condition, Value then, Value otherwise) {
    return value(CORE.LLVMBuildSelect(ref, condition.ref(), then.ref(), otherwise.ref(), NO_NAME));
  }

  /// `extractvalue`; folds constants.
  public Value extract(Value aggregate, int index) {
    return value(CORE.LLVMBuildExtractValue(ref, aggregate.ref(), index, NO_NAME));
  }

  /// `insertvalue`; folds constants.
  public Value insert(Value aggregate, Value element, int index) {
    return value(CORE.LLVMBuildInsertValue(ref, aggregate.ref(), element.ref(), index, NO_NAME));
  }

  /// `freeze`.
  public Value freeze(Value value) {
    return value(CORE.LLVMBuildFreeze(ref, value.ref(), NO_NAME));
  }

  @Override
  public void close() {
    CORE.LLVMDisposeBuilder(ref);
  }

  private Value value(long ref) {
    return Value.of(module, ref);
  }

  private Instruction instruction(long ref) {
    return new Instruction(module, ref);
  }

  private static MemorySegment refs(Arena arena, List<? extends Value> values) {
    MemorySegment refs = arena.allocate(ValueLayout.JAVA_LONG, Math.max(1, values.size()));
    for (int i = 0; i < values.size(); i++) {
      refs.setAtIndex(ValueLayout.JAVA_LONG, i, values.get(i).ref());
    }
    return refs;
  }
}
