package dev.pollard.analysis;

import dev.pollard.llvm.BasicBlock;
import dev.pollard.llvm.Function;
import dev.pollard.llvm.Instruction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The control flow of one function, frozen: blocks that can be reached, in reverse postorder,
/// their edges, and who dominates whom (Cooper, Harvey and Kennedy's way).
public final class Cfg {
  private final List<BasicBlock> blocks = new ArrayList<>();
  private final Map<BasicBlock, Integer> numbers = new HashMap<>();
  private final List<int[]> successors = new ArrayList<>();
  private final List<int[]> predecessors = new ArrayList<>();
  private final int[] immediateDominators;

  /// Looks at `function`, which has a body.
  public Cfg(Function function) {
    order(function.entry());
    List<List<Integer>> incoming = new ArrayList<>();
    blocks.forEach(_ -> incoming.add(new ArrayList<>()));
    for (int b = 0; b < blocks.size(); b++) {
      int[] out =
          blocks.get(b).successors().stream()
              .distinct()
              .map(numbers::get)
              .mapToInt(Integer::intValue)
              .toArray();
      successors.add(out);
      for (int s : out) {
        incoming.get(s).add(b);
      }
    }
    for (List<Integer> list : incoming) {
      predecessors.add(list.stream().mapToInt(Integer::intValue).toArray());
    }
    immediateDominators = dominators();
  }

  /// The reachable blocks in reverse postorder; the entry is number 0.
  public List<BasicBlock> blocks() {
    return Collections.unmodifiableList(blocks);
  }

  /// The number of a block; empty when nothing reaches it.
  public Optional<Integer> number(BasicBlock block) {
    return Optional.ofNullable(numbers.get(block));
  }

  /// The successors of a block, each once.
  public int[] successors(int block) {
    return successors.get(block);
  }

  /// The predecessors of a block, each once.
  public int[] predecessors(int block) {
    return predecessors.get(block);
  }

  /// The closest strict dominator of a block; the entry is its own.
  public int immediateDominator(int block) {
    return immediateDominators[block];
  }

  /// Whether every way to block `b` goes through block `a`.
  public boolean dominates(int a, int b) {
    int at = b;
    while (at > a) {
      at = immediateDominators[at];
    }
    return at == a;
  }

  /// Whether every way to instruction `b` goes past instruction `a`. What nothing reaches is
  /// dominated by everything.
  public boolean dominates(Instruction a, Instruction b) {
    Optional<Integer> first = number(a.block());
    Optional<Integer> second = number(b.block());
    if (second.isEmpty()) {
      return true;
    }
    if (first.isEmpty()) {
      return false;
    }
    if (!first.get().equals(second.get())) {
      return dominates(first.get(), second.get());
    }
    Optional<Instruction> at = a.next();
    while (at.isPresent()) {
      if (at.get().equals(b)) {
        return true;
      }
      at = at.get().next();
    }
    return false;
  }

  private void order(BasicBlock entry) {
    record Frame(BasicBlock block, Deque<BasicBlock> rest) {}
    List<BasicBlock> postorder = new ArrayList<>();
    Deque<Frame> stack = new ArrayDeque<>();
    numbers.put(entry, -1);
    stack.push(new Frame(entry, new ArrayDeque<>(entry.successors())));
    while (!stack.isEmpty()) {
      Frame top = stack.element();
      if (top.rest().isEmpty()) {
        postorder.add(top.block());
        stack.pop();
        continue;
      }
      BasicBlock next = top.rest().pop();
      if (numbers.putIfAbsent(next, -1) == null) {
        stack.push(new Frame(next, new ArrayDeque<>(next.successors())));
      }
    }
    blocks.addAll(postorder.reversed());
    for (int b = 0; b < blocks.size(); b++) {
      numbers.put(blocks.get(b), b);
    }
  }

  private int[] dominators() {
    int[] idom = new int[blocks.size()];
    Arrays.fill(idom, -1);
    idom[0] = 0;
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int b = 1; b < idom.length; b++) {
        int found = -1;
        for (int p : predecessors.get(b)) {
          if (idom[p] >= 0) {
            found = found < 0 ? p : common(idom, p, found);
          }
        }
        if (found != idom[b]) {
          idom[b] = found;
          changed = true;
        }
      }
    }
    return idom;
  }

  private static int common(int[] idom, int left, int right) {
    int a = left;
    int b = right;
    while (a != b) {
      if (a > b) {
        a = idom[a];
      } else {
        b = idom[b];
      }
    }
    return a;
  }
}
