package dev.pollard.pass.moves;

import dev.pollard.analysis.AttributeBits;
import dev.pollard.analysis.Touches;
import dev.pollard.llvm.ConstantInt;
import dev.pollard.llvm.Function;
import dev.pollard.llvm.Instruction;
import dev.pollard.llvm.Opcode;
import java.util.ArrayList;
import java.util.List;

/// A stack slot of fixed size, made in the entry block: there is one per call of its function.
///
/// @param alloca the instruction that makes it
/// @param size its bytes, at least 1
/// @param touches what touches it
record Slot(Instruction alloca, long size, Touches touches) {
  /// The slots of `function`, in order.
  static List<Slot> of(Function function, AttributeBits bits) {
    List<Slot> slots = new ArrayList<>();
    for (Instruction instruction : function.entry().instructions()) {
      if (instruction.opcode() == Opcode.ALLOCA
          && instruction.operand(0) instanceof ConstantInt count
          && count.unsigned() == 1) {
        long size = instruction.module().layout().allocSize(instruction.allocatedType());
        if (size > 0) {
          slots.add(new Slot(instruction, size, Touches.of(instruction, bits)));
        }
      }
    }
    return slots;
  }
}
