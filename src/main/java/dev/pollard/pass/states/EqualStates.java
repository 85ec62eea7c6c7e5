package dev.pollard.pass.states;

import dev.pollard.llvm.BasicBlock;
import dev.pollard.llvm.Function;
import dev.pollard.llvm.Instruction;
import dev.pollard.llvm.Opcode;
import dev.pollard.llvm.Use;
import dev.pollard.llvm.Value;
import dev.pollard.pass.FunctionPass;
import dev.pollard.pass.PassContext;
import dev.pollard.pass.PassInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Merges blocks that do the same and differ in where they come from and where they go on.
///
/// A machine that awaits one callee at several places has one block per place: call the callee's
/// poll function, test for `Pending`, go on. They become one block; a phi says which place it is,
/// and a switch after the call goes on from there. Where the ways on are equal too, as in the arms
/// of a `match`, no switch is needed and the suspend states are one, up to the number stored.
///
/// ```text
/// a: r = poll(child); br r == 2, pend(3), then_a      m: k = phi; r = poll(child)
/// b: r = poll(child); br r == 2, pend(4), then_b  =>     br r == 2, pend(k), go
///                                                    go: switch k: then_a, then_b
/// ```
///
/// Each way through the function executes the same instructions on the same values as before. The
/// idea is rust PR 162429's, which compares MIR; blocks are compared here, after inlining.
public final class EqualStates implements FunctionPass {
  /// Bytes that a merge must save by the estimate, so that it does not lose by the real count.
  private static final int LEAST = 8;

  /// Bytes of the jump that each merged place needs, with the constant that says which it is.
  private static final int JUMP = 4;

  /// Bytes of the switch after the merged block, and of each of its ways.
  private static final int SWITCH = 8;

  private static final int WAY = 2;
  private static final int MAX_SWEEPS = 50;

  @Override
  public PassInfo info() {
    return new PassInfo(
        "equal-states",
        "one block for all places that await the same",
        PassInfo.Level.SIZE,
        Set.of(PassInfo.Effect.LEAVES_DEAD_BLOCKS, PassInfo.Effect.CHANGES_STATES));
  }

  @Override
  public long run(Function function, PassContext context) {
    long count = 0;
    BlockDetails details = new BlockDetails();
    for (int sweep = 0; sweep < MAX_SWEEPS; sweep++) {
      long merged = sweep(function, context, details);
      if (merged == 0) {
        break;
      }
      count += merged;
    }
    return count;
  }

  /// Merges what is alike when it begins; what becomes alike by that is left to the next sweep.
  ///
  /// @return how many blocks went
  private static long sweep(Function function, PassContext context, BlockDetails details) {
    long count = 0;
    Set<BasicBlock> gone = new HashSet<>();
    Flow flow = null;
    for (Map.Entry<BlockShape, List<BasicBlock>> entry : byShape(function).entrySet()) {
      BlockShape shape = entry.getKey();
      List<BasicBlock> blocks = entry.getValue();
      if (count > 0) {
        blocks.removeIf(b -> gone.contains(b) || !BlockShape.of(b).equals(Optional.of(shape)));
      }
      if (!isEnough(blocks.size(), shape)) {
        continue;
      }
      flow = flow == null ? new Flow(function) : flow;
      Optional<List<BasicBlock>> group = find(blocks, shape, details, flow);
      if (group.isPresent()) {
        if (!context.mayChange(function, "a merge of " + group.get().size() + " blocks")) {
          break;
        }
        group.get().forEach(details::forget);
        gone.addAll(group.get());
        new BlockMerger(function, group.get()).merge();
        count += group.get().size() - 1;
        flow = null;
      }
    }
    return count;
  }

  /// The blocks that are worth a look, by shape.
  private static Map<BlockShape, List<BasicBlock>> byShape(Function function) {
    Map<List<Opcode>, List<BasicBlock>> byOpcodes = new LinkedHashMap<>();
    for (BasicBlock block : function.blocks()) {
      byOpcodes.computeIfAbsent(opcodes(block), _ -> new ArrayList<>()).add(block);
    }
    Map<BlockShape, List<BasicBlock>> byShape = new LinkedHashMap<>();
    for (List<BasicBlock> alike : byOpcodes.values()) {
      if (alike.size() > 1) {
        alike.forEach(block ->
            BlockShape.of(block)
                .filter(shape -> shape.size() > JUMP)
                .ifPresent(s -> byShape.computeIfAbsent(s, _ -> new ArrayList<>()).add(block)));
      }
    }
    byShape.values().removeIf(blocks -> blocks.size() < 2);
    return byShape;
  }

  private static boolean isEnough(int blocks, BlockShape shape) {
    return blocks > 1 && (blocks - 1) * shape.size() - blocks * JUMP >= LEAST;
  }

  /// Those of `blocks`, all of one shape, that are worth a merge.
  private static Optional<List<BasicBlock>> find(
      List<BasicBlock> blocks, BlockShape shape, BlockDetails details, Flow flow) {
    List<BasicBlock> candidates = blocks.stream().filter(b -> isCandidate(b, flow)).toList();
    if (!isEnough(candidates.size(), shape)) {
      return Optional.empty();
    }
    for (List<BasicBlock> alike : details.group(candidates)) {
      for (List<BasicBlock> part : flow.liveSlots().group(alike)) {
        Optional<List<BasicBlock>> group = worthwhile(part, shape, flow);
        if (group.isPresent()) {
          return group;
        }
      }
    }
    return Optional.empty();
  }

  private static List<Opcode> opcodes(BasicBlock block) {
    List<Opcode> opcodes = new ArrayList<>();
    for (Instruction instruction : block.instructions()) {
      opcodes.add(instruction.opcode());
    }
    return opcodes;
  }

  /// Not the entry, reached by plain branches only, and going on somewhere.
  private static boolean isCandidate(BasicBlock block, Flow flow) {
    if (flow.isEntry(block) || !flow.isReachable(block)) {
      return false;
    }
    for (Use use : block.uses()) {
      if (!(use.user() instanceof Instruction user)
          || (user.opcode() != Opcode.BR && user.opcode() != Opcode.SWITCH)
          || !flow.isReachable(user.block())) {
        return false;
      }
    }
    Opcode end = block.terminator().opcode();
    return end == Opcode.BR || end == Opcode.SWITCH;
  }

  /// The largest part of `alike` that can be merged and is worth it.
  private static Optional<List<BasicBlock>> worthwhile(
      List<BasicBlock> alike, BlockShape shape, Flow flow) {
    List<BasicBlock> group = mergeable(apart(alike), flow);
    if (gain(group, shape) >= LEAST) {
      return Optional.of(group);
    }
    Map<BasicBlock, List<BasicBlock>> byDominator = new LinkedHashMap<>();
    for (BasicBlock block : alike) {
      byDominator
          .computeIfAbsent(flow.immediateDominator(block), _ -> new ArrayList<>())
          .add(block);
    }
    for (List<BasicBlock> part : byDominator.values()) {
      group = mergeable(apart(part), flow);
      if (gain(group, shape) >= LEAST) {
        return Optional.of(group);
      }
    }
    return Optional.empty();
  }

  private static int gain(List<BasicBlock> group, BlockShape shape) {
    if (group.size() < 2) {
      return 0;
    }
    Set<List<BasicBlock>> ways = new LinkedHashSet<>();
    group.forEach(b -> ways.add(Exits.of(b).targets()));
    int go = ways.size() == 1 ? 0 : SWITCH + WAY * ways.size();
    return (group.size() - 1) * shape.size() - group.size() * JUMP - go;
  }

  /// Without blocks that lead straight to one another.
  private static List<BasicBlock> apart(List<BasicBlock> alike) {
    List<BasicBlock> group = new ArrayList<>();
    Set<BasicBlock> targets = new LinkedHashSet<>();
    for (BasicBlock block : alike) {
      Exits exits = Exits.of(block);
      boolean related =
          targets.contains(block)
              || exits.touches(block)
              || group.stream().anyMatch(exits::touches);
      if (!related) {
        group.add(block);
        targets.addAll(exits.targets());
        targets.addAll(block.successors());
      }
    }
    return group;
  }

  /// Without blocks that values pass which the others do not have: after the merge such a value
  /// would not dominate its uses.
  private static List<BasicBlock> mergeable(List<BasicBlock> blocks, Flow flow) {
    List<BasicBlock> group = new ArrayList<>(blocks);
    Set<BasicBlock> common = null;
    for (BasicBlock block : group) {
      if (common == null) {
        common = new LinkedHashSet<>(flow.dominators(block));
      } else {
        common.retainAll(flow.dominators(block));
      }
    }
    Set<BasicBlock> shared = common == null ? Set.of() : common;
    group.removeIf(b -> isPassed(b, shared, flow));
    return group;
  }

  private static boolean isPassed(BasicBlock block, Set<BasicBlock> shared, Flow flow) {
    for (BasicBlock dominator : flow.dominators(block)) {
      if (dominator.equals(block) || shared.contains(dominator)) {
        continue;
      }
      Flow.Reach beyond = flow.reachableAfter(block, dominator);
      for (Instruction value : dominator.instructions()) {
        for (Use use : value.uses()) {
          if (use.user() instanceof Instruction user && isAt(user, use, block, beyond)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /// Whether a use may execute in `block` or after it.
  private static boolean isAt(Instruction user, Use use, BasicBlock block, Flow.Reach beyond) {
    BasicBlock at = user.block();
    if (user.opcode() == Opcode.PHI) {
      if (at.equals(block)) {
        return false; // it is used on the way in
      }
      at = user.incomingBlock(use.operandIndex());
    }
    return at.equals(block) || beyond.has(at);
  }

  /// For the merger: equal values at one position.
  static boolean same(List<Value> values) {
    return values.stream().distinct().count() == 1;
  }
}
