package dev.pollard.pass.states;

import dev.pollard.analysis.Cfg;
import dev.pollard.llvm.BasicBlock;
import dev.pollard.llvm.Function;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/// What merging asks of a function's control flow, as it was when this was made.
final class Flow {
  private final Cfg cfg;
  private Optional<LiveSlots> liveSlots = Optional.empty();

  Flow(Function function) {
    cfg = new Cfg(function);
  }

  /// Whether it is the entry.
  boolean isEntry(BasicBlock block) {
    return cfg.blocks().getFirst().equals(block);
  }

  /// Whether the entry reaches it.
  boolean isReachable(BasicBlock block) {
    return cfg.number(block).isPresent();
  }

  /// The blocks that dominate a reachable block, itself included.
  SequencedSet<BasicBlock> dominators(BasicBlock block) {
    SequencedSet<BasicBlock> chain = new LinkedHashSet<>();
    int b = number(block);
    chain.add(block);
    while (b != 0) {
      b = cfg.immediateDominator(b);
      chain.add(cfg.blocks().get(b));
    }
    return chain;
  }

  /// The closest strict dominator of a reachable block that is not the entry.
  BasicBlock immediateDominator(BasicBlock block) {
    return cfg.blocks().get(cfg.immediateDominator(number(block)));
  }

  /// Which stack slots are live where a block begins.
  LiveSlots liveSlots() {
    if (liveSlots.isEmpty()) {
      liveSlots = Optional.of(new LiveSlots(cfg));
    }
    return liveSlots.get();
  }

  /// What control reaches after it leaves `from`, on ways that do not enter `without`.
  Reach reachableAfter(BasicBlock from, BasicBlock without) {
    BitSet seen = new BitSet();
    int stop = number(without);
    Deque<Integer> work = new ArrayDeque<>();
    work.add(number(from));
    while (!work.isEmpty()) {
      for (int s : cfg.successors(work.remove())) {
        if (s != stop && !seen.get(s)) {
          seen.set(s);
          work.add(s);
        }
      }
    }
    return block -> cfg.number(block).map(seen::get).orElse(false);
  }

  /// Some of the blocks.
  interface Reach {
    /// Whether the block is one of them; what nothing reaches never is.
    boolean has(BasicBlock block);
  }

  private int number(BasicBlock block) {
    Optional<Integer> number = cfg.number(block);
    return number.orElseThrow(
        () -> new IllegalArgumentException("a block that nothing reaches, or of another function"));
  }
}
