package dev.pollard.pass.states;

import dev.pollard.llvm.BasicBlock;
import dev.pollard.llvm.Function;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/// The control flow graph of a function as it was when this was made: edges, dominators,
/// reachability. Dominators by Cooper, Harvey and Kennedy, "A simple, fast dominance algorithm".
final class Flow {
  private static final int NONE = -1;

  private final List<BasicBlock> blocks = new ArrayList<>();
  private final Map<BasicBlock, Integer> numbers = new HashMap<>();
  private final List<SequencedSet<Integer>> successors = new ArrayList<>();
  private final List<SequencedSet<Integer>> predecessors = new ArrayList<>();
  private final int[] postOrder;
  private final int[] dominator;

  Flow(Function function) {
    for (BasicBlock block : function.blocks()) {
      numbers.put(block, blocks.size());
      blocks.add(block);
      successors.add(new LinkedHashSet<>());
      predecessors.add(new LinkedHashSet<>());
    }
    for (int b = 0; b < blocks.size(); b++) {
      for (BasicBlock successor : blocks.get(b).successors()) {
        int s = number(successor);
        successors.get(b).add(s);
        predecessors.get(s).add(b);
      }
    }
    postOrder = new int[blocks.size()];
    dominator = new int[blocks.size()];
    computeDominators();
  }

  /// All blocks, the entry first.
  List<BasicBlock> blocks() {
    return blocks;
  }

  /// Where control may come from, each once.
  List<BasicBlock> predecessors(BasicBlock block) {
    return predecessors.get(number(block)).stream().map(blocks::get).toList();
  }

  /// Whether the entry reaches it.
  boolean isReachable(BasicBlock block) {
    int b = number(block);
    return b == 0 || dominator[b] != NONE;
  }

  /// The blocks that dominate a reachable block, itself included.
  SequencedSet<BasicBlock> dominators(BasicBlock block) {
    SequencedSet<BasicBlock> chain = new LinkedHashSet<>();
    int b = number(block);
    chain.add(block);
    while (b != 0 && dominator[b] != NONE) {
      b = dominator[b];
      chain.add(blocks.get(b));
    }
    return chain;
  }

  /// The closest strict dominator of a reachable block that is not the entry.
  BasicBlock immediateDominator(BasicBlock block) {
    return blocks.get(dominator[number(block)]);
  }

  /// What control reaches after it leaves `from`, on ways that do not enter `without`.
  BitSet reachableAfter(BasicBlock from, BasicBlock without) {
    BitSet seen = new BitSet();
    int stop = number(without);
    Deque<Integer> work = new ArrayDeque<>();
    work.add(number(from));
    while (!work.isEmpty()) {
      for (int s : successors.get(work.remove())) {
        if (s != stop && !seen.get(s)) {
          seen.set(s);
          work.add(s);
        }
      }
    }
    return seen;
  }

  /// The number of a block, as [#reachableAfter] has it.
  int number(BasicBlock block) {
    Integer number = numbers.get(block);
    if (number == null) {
      throw new IllegalArgumentException("a block of another function, or a new one");
    }
    return number;
  }

  private void computeDominators() {
    Arrays.fill(dominator, NONE);
    Arrays.fill(postOrder, NONE);
    List<Integer> order = reversePostOrder();
    dominator[0] = 0;
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int b : order) {
        if (b == 0) {
          continue;
        }
        int best = NONE;
        for (int p : predecessors.get(b)) {
          if (dominator[p] != NONE) {
            best = best == NONE ? p : intersect(p, best);
          }
        }
        if (best != dominator[b]) {
          dominator[b] = best;
          changed = true;
        }
      }
    }
  }

  private List<Integer> reversePostOrder() {
    List<Integer> order = new ArrayList<>();
    BitSet seen = new BitSet();
    Deque<int[]> stack = new ArrayDeque<>();
    List<List<Integer>> next = successors.stream().map(s -> List.copyOf(s)).toList();
    seen.set(0);
    stack.push(new int[] {0, 0});
    while (!stack.isEmpty()) {
      int[] top = stack.element();
      List<Integer> targets = next.get(top[0]);
      if (top[1] < targets.size()) {
        int s = targets.get(top[1]++);
        if (!seen.get(s)) {
          seen.set(s);
          stack.push(new int[] {s, 0});
        }
      } else {
        postOrder[top[0]] = order.size();
        order.add(top[0]);
        stack.pop();
      }
    }
    return order.reversed();
  }

  private int intersect(int a, int b) {
    int x = a;
    int y = b;
    while (x != y) {
      while (postOrder[x] < postOrder[y]) {
        x = dominator[x];
      }
      while (postOrder[y] < postOrder[x]) {
        y = dominator[y];
      }
    }
    return x;
  }
}
