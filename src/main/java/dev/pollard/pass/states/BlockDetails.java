package dev.pollard.pass.states;

import dev.pollard.llvm.Argument;
import dev.pollard.llvm.Attributes;
import dev.pollard.llvm.BasicBlock;
import dev.pollard.llvm.Instruction;
import dev.pollard.llvm.Opcode;
import dev.pollard.llvm.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the instructions of blocks say beyond their operands: flags, predicates, alignments,
/// attributes, compared by their text because the C library does not show them one by one.
///
/// To make the text is dear, so it is kept over merges. Kept text stays true because a merge
/// changes, in blocks outside its group, nothing but phis, terminators and operands, all of which
/// are compared elsewhere.
final class BlockDetails {
  private final Map<BasicBlock, List<String>> known = new HashMap<>();

  /// Blocks of one shape, apart by what they say.
  Collection<List<BasicBlock>> group(List<BasicBlock> blocks) {
    Map<List<String>, List<BasicBlock>> groups = new LinkedHashMap<>();
    for (BasicBlock block : blocks) {
      groups
          .computeIfAbsent(
              known.computeIfAbsent(block, BlockDetails::details), _ -> new ArrayList<>())
          .add(block);
    }
    return groups.values();
  }

  /// To be called before a block changes or goes: another may come to its address.
  void forget(BasicBlock block) {
    known.remove(block);
  }

  private static List<String> details(BasicBlock block) {
    List<String> details = new ArrayList<>();
    for (Instruction instruction : block.instructions()) {
      if (instruction.opcode() != Opcode.PHI && !instruction.isTerminator()) {
        details.add(details(instruction));
      }
    }
    return details;
  }

  /// The text is that of a copy in no block: to number the values of a module takes long, and a
  /// copy without a module is printed without. The attributes of a call itself, which such a copy
  /// does not show, are added.
  private static String details(Instruction instruction) {
    Instruction copy = instruction.copy();
    for (String kind : MergedMetadata.KINDS) {
      copy.removeMetadata(instruction.module().context().metadataKind(kind));
    }
    copy.dropDebugLocation();
    for (int i = 0; i < copy.operandCount(); i++) {
      Value operand = copy.operand(i);
      if (operand instanceof Instruction || operand instanceof Argument) {
        copy.setOperand(i, operand.type().poison());
      }
    }
    String text = withoutName(copy.print().strip());
    String attributes =
        instruction.isCall()
            ? instruction.attributes(Attributes.FUNCTION).identities().toString()
            : "";
    copy.deleteLoose();
    return text + attributes;
  }

  private static String withoutName(String text) {
    int equals = text.indexOf(" = ");
    return text.startsWith("%") && equals > 0 ? text.substring(equals + 3) : text;
  }
}
