package dev.pollard.analysis;

import dev.pollard.llvm.Argument;
import dev.pollard.llvm.Constant;
import dev.pollard.llvm.ConstantInt;
import dev.pollard.llvm.GlobalVariable;
import dev.pollard.llvm.Instruction;
import dev.pollard.llvm.Opcode;
import dev.pollard.llvm.Type;
import dev.pollard.llvm.Value;
import java.util.OptionalLong;

/// Where a pointer points.
///
/// @param base the value that it is computed from by adding offsets alone
/// @param offset bytes from the base; empty when they are not known
public record Location(Value base, OptionalLong offset) {
  /// Follows `pointer` back through `getelementptr`.
  public static Location of(Value pointer) {
    Value base = pointer;
    OptionalLong offset = OptionalLong.of(0);
    while (true) {
      OptionalLong step;
      if (base instanceof Instruction i && i.opcode() == Opcode.GET_ELEMENT_PTR) {
        step = step(i, i.gepSourceType(), i.operandCount());
      } else if (base instanceof Constant c
          && c.isExpression()
          && c.opcode() == Opcode.GET_ELEMENT_PTR) {
        step = step(c, c.gepSourceType(), c.operandCount());
      } else {
        return new Location(base, offset);
      }
      offset = add(offset, step);
      base = base.operand(0);
    }
  }

  /// The bytes that a `getelementptr` adds; empty when an index is not constant.
  public static OptionalLong step(Instruction gep) {
    return step(gep, gep.gepSourceType(), gep.operandCount());
  }

  private static OptionalLong step(Value gep, Type source, int operands) {
    var layout = gep.module().layout();
    Type type = source;
    long bytes = 0;
    for (int i = 1; i < operands; i++) {
      if (!(gep.operand(i) instanceof ConstantInt index)) {
        return OptionalLong.empty();
      }
      if (i == 1) {
        bytes += index.signed() * layout.allocSize(type);
        continue;
      }
      switch (type.kind()) {
        case STRUCT -> {
          int field = (int) index.unsigned();
          bytes += layout.offset(type, field);
          type = type.structElement(field);
        }
        case ARRAY -> {
          type = type.element();
          bytes += index.signed() * layout.allocSize(type);
        }
        default -> {
          return OptionalLong.empty();
        }
      }
    }
    return OptionalLong.of(bytes);
  }

  /// The sum of two offsets, if both are known.
  static OptionalLong add(OptionalLong a, OptionalLong b) {
    return a.isPresent() && b.isPresent()
        ? OptionalLong.of(a.getAsLong() + b.getAsLong())
        : OptionalLong.empty();
  }

  /// Whether the base is a stack slot.
  public boolean isSlot() {
    return base instanceof Instruction i && i.opcode() == Opcode.ALLOCA;
  }

  /// Whether the base is a global variable that each thread shares.
  public boolean isGlobal() {
    return base instanceof GlobalVariable g && !g.isThreadLocal();
  }

  /// Whether the base is an argument whose memory nothing else reaches.
  public boolean isNoAliasArgument() {
    return base instanceof Argument a && Parameters.attributes(a).has("noalias");
  }

  /// Whether `length` bytes here and `otherLength` bytes there, both from one base, may share one.
  ///
  /// @param length empty when it is not known
  /// @param otherLength empty when it is not known
  public boolean overlaps(OptionalLong length, Location other, OptionalLong otherLength) {
    if (offset.isEmpty() || other.offset.isEmpty()) {
      return true;
    }
    long from = offset.getAsLong();
    long otherFrom = other.offset.getAsLong();
    return !(length.isPresent() && from + length.getAsLong() <= otherFrom)
        && !(otherLength.isPresent() && otherFrom + otherLength.getAsLong() <= from);
  }
}
