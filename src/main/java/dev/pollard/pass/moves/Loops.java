package dev.pollard.pass.moves;

import dev.pollard.llvm.BasicBlock;
import dev.pollard.llvm.ConstantInt;
import dev.pollard.llvm.Instruction;
import dev.pollard.llvm.Opcode;
import dev.pollard.llvm.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The loops among some blocks of a function, all of which lead to one block.
final class Loops {
  /// LLVM's numbers for the comparisons that an exit may have (`LLVMIntPredicate`).
  private static final int EQUAL = 32;

  private static final int NOT_EQUAL = 33;

  /// Turns of a loop at most: what takes longer might as well not end.
  private static final long MOST_TURNS = 1 << 20;

  private final Map<BasicBlock, List<BasicBlock>> edges = new HashMap<>();

  /// @param end where the way ends: what follows it is not looked at
  Loops(Set<BasicBlock> blocks, BasicBlock end) {
    for (BasicBlock block : blocks) {
      edges.put(
          block,
          block.equals(end)
              ? List.of()
              : block.successors().stream().filter(blocks::contains).distinct().toList());
    }
  }

  /// Whether each loop ends: it counts, by one from a constant, up or down to a constant. A loop in
  /// a loop is not looked at, and does not count as one that ends.
  boolean areCounted() {
    Set<BasicBlock> left = new HashSet<>(edges.keySet());
    while (true) {
      Set<BasicBlock> loop = aLoop(left);
      if (loop.isEmpty()) {
        return true;
      }
      if (!isCounted(loop)) {
        return false;
      }
      left.removeAll(loop);
    }
  }

  /// The blocks that lie on a way with some block among them and come back to it; empty when there
  /// is no loop.
  private Set<BasicBlock> aLoop(Set<BasicBlock> among) {
    for (BasicBlock block : among) {
      Set<BasicBlock> forward = reachable(block, among);
      if (forward.contains(block)) {
        forward.removeIf(b -> !reachable(b, among).contains(block));
        return forward;
      }
    }
    return Set.of();
  }

  /// What can be reached from a block by at least one edge.
  private Set<BasicBlock> reachable(BasicBlock from, Set<BasicBlock> among) {
    Set<BasicBlock> found = new HashSet<>();
    Deque<BasicBlock> work = new ArrayDeque<>(List.of(from));
    while (!work.isEmpty()) {
      for (BasicBlock next : edges.getOrDefault(work.pop(), List.of())) {
        if (among.contains(next) && found.add(next)) {
          work.push(next);
        }
      }
    }
    return found;
  }

  private boolean isCounted(Set<BasicBlock> loop) {
    return loop.stream().anyMatch(b -> exitsByCount(b, loop));
  }

  /// Whether a block leaves the loop when a count reaches a constant, and neither it nor where the
  /// count goes on can be got round.
  private boolean exitsByCount(BasicBlock block, Set<BasicBlock> loop) {
    Instruction branch = block.terminator();
    if (branch.opcode() != Opcode.BR
        || !branch.isConditional()
        || !(branch.condition() instanceof Instruction test)
        || test.opcode() != Opcode.ICMP
        || !(test.operand(1) instanceof ConstantInt bound)) {
      return false;
    }
    int leaves =
        test.predicate() == EQUAL ? 0 : test.predicate() == NOT_EQUAL ? 1 : branch.successorCount();
    return leaves < branch.successorCount()
        && !loop.contains(branch.successor(leaves))
        && count(test.operand(0), bound, loop)
            .map(phi -> isOnEveryTurn(phi.block(), loop))
            .orElse(false)
        && isOnEveryTurn(block, loop);
  }

  private boolean isOnEveryTurn(BasicBlock block, Set<BasicBlock> loop) {
    Set<BasicBlock> others = new HashSet<>(loop);
    others.remove(block);
    return loop.contains(block) && aLoop(others).isEmpty();
  }

  /// The phi of a count: a constant from outside, one more or one less than itself from one block
  /// of the loop, and the bound ahead.
  private static Optional<Instruction> count(Value value, ConstantInt bound, Set<BasicBlock> loop) {
    if (!(value instanceof Instruction instruction)) {
      return Optional.empty();
    }
    Instruction phi = instruction;
    if (instruction.opcode() == Opcode.ADD && instruction.operand(0) instanceof Instruction base) {
      phi = base;
    }
    if (phi.opcode() != Opcode.PHI || !loop.contains(phi.block())) {
      return Optional.empty();
    }
    Optional<Value> next = Optional.empty();
    for (int i = 0; i < phi.incomingCount(); i++) {
      if (loop.contains(phi.incomingBlock(i))) {
        if (next.isPresent()) {
          return Optional.empty();
        }
        next = Optional.of(phi.incomingValue(i));
      }
    }
    OptionalLong step = next.isPresent() ? step(next.get(), phi) : OptionalLong.empty();
    if (step.isEmpty() || !(phi.equals(instruction) || instruction.equals(next.get()))) {
      return Optional.empty();
    }
    for (int i = 0; i < phi.incomingCount(); i++) {
      if (!loop.contains(phi.incomingBlock(i))
          && !(phi.incomingValue(i) instanceof ConstantInt start
              && isAhead(start.signed(), bound.signed(), step.getAsLong()))) {
        return Optional.empty();
      }
    }
    return Optional.of(phi);
  }

  /// Whether a count gets from one number to another, in few steps. Both are taken as signed, so
  /// that one that goes over the middle of the unsigned ones is not known to.
  private static boolean isAhead(long start, long bound, long step) {
    long turns = step > 0 ? bound - start : start - bound;
    return turns > 0 && turns <= MOST_TURNS;
  }

  /// One or minus one, when a value is that much more than a phi.
  private static OptionalLong step(Value value, Instruction phi) {
    return value instanceof Instruction add
            && add.opcode() == Opcode.ADD
            && add.operand(0).equals(phi)
            && add.operand(1) instanceof ConstantInt step
            && Math.abs(step.signed()) == 1
        ? OptionalLong.of(step.signed())
        : OptionalLong.empty();
  }
}
