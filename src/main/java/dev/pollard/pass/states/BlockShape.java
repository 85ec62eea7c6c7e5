package dev.pollard.pass.states;

import dev.pollard.llvm.Attributes;
import dev.pollard.llvm.BasicBlock;
import dev.pollard.llvm.Function;
import dev.pollard.llvm.Instruction;
import dev.pollard.llvm.Opcode;
import dev.pollard.llvm.OtherValue;
import dev.pollard.llvm.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a block does, without where it goes: equal shapes do the same to the same values, up to the
/// phis at the block's start. What instructions say beyond that is [BlockDetails].
///
/// @param tokens opcodes, types and operands; operands from the block itself by their position
/// @param size bytes that the block takes on a small machine, roughly
record BlockShape(List<Object> tokens, int size) {
  private record Local(int position) {}

  BlockShape {
    tokens = List.copyOf(tokens);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BlockShape shape && tokens.equals(shape.tokens);
  }

  @Override
  public int hashCode() {
    return tokens.hashCode();
  }

  /// The shape of a block that ends in a branch or a switch; empty where merging is out of the
  /// question.
  static Optional<BlockShape> of(BasicBlock block) {
    List<Object> tokens = new ArrayList<>();
    Map<Value, Local> locals = new HashMap<>();
    int size = 0;
    for (Instruction instruction : block.instructions()) {
      locals.put(instruction, new Local(locals.size()));
      if (instruction.opcode() == Opcode.PHI) {
        tokens.add(instruction.type());
        continue;
      }
      if (!isMergeable(instruction)) {
        return Optional.empty();
      }
      tokens.add(instruction.opcode());
      tokens.add(instruction.type());
      if (instruction.isTerminator()) {
        addTerminator(instruction, tokens, locals);
      } else {
        for (int i = 0; i < instruction.operandCount(); i++) {
          Value operand = instruction.operand(i);
          if (operand instanceof OtherValue) {
            return Optional.empty();
          }
          tokens.add(locals.containsKey(operand) ? locals.get(operand) : operand);
        }
      }
      size += size(instruction);
    }
    return Optional.of(new BlockShape(tokens, size));
  }

  private static void addTerminator(
      Instruction terminator, List<Object> tokens, Map<Value, Local> locals) {
    tokens.add(terminator.successorCount());
    boolean conditional =
        terminator.opcode() == Opcode.SWITCH
            || (terminator.opcode() == Opcode.BR && terminator.isConditional());
    if (conditional) {
      Value condition = terminator.condition();
      tokens.add(locals.containsKey(condition) ? locals.get(condition) : condition);
    }
    if (terminator.opcode() == Opcode.SWITCH) {
      terminator.cases().forEach(c -> tokens.add(c.value()));
    }
  }

  private static boolean isMergeable(Instruction instruction) {
    return switch (instruction.opcode()) {
      case ALLOCA, LANDING_PAD, CATCH_PAD, CLEANUP_PAD, UNKNOWN -> false;
      case CALL -> isMergeableCall(instruction);
      default ->
          !instruction.isTerminator()
              || instruction.opcode() == Opcode.BR
              || instruction.opcode() == Opcode.SWITCH;
    };
  }

  private static boolean isMergeableCall(Instruction call) {
    if (call.isMustTail()
        || call.attributes(Attributes.FUNCTION).has("convergent")
        || call.attributes(Attributes.FUNCTION).has("returns_twice")) {
      return false;
    }
    return call.callee() instanceof Function callee
        ? !callee.attributes().has("convergent") && !callee.attributes().has("returns_twice")
        : !(call.callee() instanceof OtherValue);
  }

  private static int size(Instruction instruction) {
    return switch (instruction.opcode()) {
      case CALL -> callSize(instruction);
      case LOAD, STORE, BR -> 2 + (instruction.opcode() == Opcode.BR ? 0 : 1);
      case SWITCH -> 2 + 4 * instruction.successorCount();
      case TRUNC, ZEXT, EXTRACT_VALUE, PTR_TO_INT, INT_TO_PTR, FREEZE, BIT_CAST -> 0;
      default -> 2;
    };
  }

  private static int callSize(Instruction call) {
    if (call.calledFunction().filter(Function::isIntrinsic).isPresent()) {
      return 2;
    }
    return 4 + 2 * call.argumentCount();
  }
}
