package dev.pollard.inspect;

import java.util.Arrays;

/// What would go if a node of a graph went: itself, and all that is reached through it alone. Node
/// 0 is the root. Takes the way of Cooper, Harvey and Kennedy, "A Simple, Fast Dominance
/// Algorithm".
final class Dominators {
  private static final int NONE = -1;

  private final int[][] successors;
  private final int[] order; // of visited nodes, reverse postorder
  private final int[] rank; // by node, its place in the order; NONE when it is not reached
  private final int[] immediate;
  private int reached;

  /// @param successors by node
  Dominators(int[][] successors) {
    this.successors = successors;
    order = new int[successors.length];
    rank = new int[successors.length];
    immediate = new int[successors.length];
    Arrays.fill(rank, NONE);
    Arrays.fill(immediate, NONE);
    number();
    settle();
  }

  private void number() {
    int[] stack = new int[successors.length];
    int[] next = new int[successors.length];
    boolean[] seen = new boolean[successors.length];
    int depth = 0;
    int at = successors.length;
    stack[depth++] = 0;
    seen[0] = true;
    while (depth > 0) {
      int node = stack[depth - 1];
      if (next[node] < successors[node].length) {
        int to = successors[node][next[node]++];
        if (!seen[to]) {
          seen[to] = true;
          stack[depth++] = to;
        }
      } else {
        depth--;
        order[--at] = node;
      }
    }
    reached = successors.length - at;
    System.arraycopy(order, at, order, 0, reached);
    for (int i = 0; i < reached; i++) {
      rank[order[i]] = i;
    }
  }

  private void settle() {
    immediate[0] = 0;
    boolean changed = true;
    while (changed) {
      changed = false;
      int[] found = new int[successors.length];
      Arrays.fill(found, NONE);
      found[0] = 0;
      // Each node is met before those that it points to, but for edges that lead back.
      for (int i = 0; i < reached; i++) {
        int node = order[i];
        int up = immediate[node] == NONE ? found[node] : immediate[node];
        if (up == NONE) {
          continue;
        }
        immediate[node] = i == 0 ? 0 : up;
        for (int to : successors[node]) {
          found[to] = found[to] == NONE ? node : common(found[to], node);
        }
      }
      for (int i = 1; i < reached; i++) {
        int node = order[i];
        if (found[node] != NONE && immediate[node] != found[node]) {
          immediate[node] = found[node];
          changed = true;
        }
      }
    }
  }

  private int common(int a, int b) {
    while (a != b) {
      while (rank[a] > rank[b]) {
        a = immediate[a];
      }
      while (rank[b] > rank[a]) {
        b = immediate[b];
      }
    }
    return a;
  }

  /// The node that every way to a node leads through last; -1 when no way leads there.
  int immediate(int node) {
    return immediate[node];
  }

  /// For each node the sum of its own weight and of those that it dominates.
  long[] sums(long[] weights) {
    long[] sums = weights.clone();
    for (int i = reached - 1; i > 0; i--) {
      sums[immediate[order[i]]] += sums[order[i]];
    }
    return sums;
  }
}
