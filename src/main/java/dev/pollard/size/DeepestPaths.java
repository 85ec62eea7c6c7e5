package dev.pollard.size;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The deepest stack below each function. Functions that call each other in a circle are taken
/// together: the circle counts once, with the frames of all of its functions, and every path
/// through it is marked as recursive, because nothing static bounds it.
final class DeepestPaths {
  private final List<CallGraph.Node> nodes;
  private final List<int[]> edges = new ArrayList<>();
  private final int[] component;
  private final List<List<Integer>> components = new ArrayList<>();
  private final long[] depth;
  private final int[] next;
  private final boolean[] recursive;

  /// Computes all depths at once.
  ///
  /// @param withIndirect whether calls through registers count, to every function whose address is
  ///   taken
  DeepestPaths(CallGraph graph, boolean withIndirect) {
    nodes = graph.nodes();
    int[] taken = graph.addressTaken().stream().toArray();
    for (CallGraph.Node node : nodes) {
      Set<Integer> to = node.calls();
      if (withIndirect && node.callsIndirectly()) {
        to = new HashSet<>(to);
        for (int t : taken) {
          to.add(t);
        }
      }
      edges.add(to.stream().mapToInt(Integer::intValue).sorted().toArray());
    }
    component = new int[nodes.size()];
    findComponents();
    int count = components.size();
    depth = new long[count];
    next = new int[count];
    recursive = new boolean[count];
    // components come out callees first
    for (int c = 0; c < count; c++) {
      measure(c);
    }
  }

  /// Stack bytes from the entry of a function down the deepest path.
  long depth(int node) {
    return depth[component[node]];
  }

  /// Whether some path from a function runs in a circle.
  boolean isRecursive(int node) {
    return recursive[component[node]];
  }

  /// The functions of the deepest path, the given one first; of a circle all functions.
  List<Integer> path(int node) {
    var path = new ArrayList<Integer>();
    path.add(node);
    for (int other : components.get(component[node])) {
      if (other != node) {
        path.add(other);
      }
    }
    for (int c = next[component[node]]; c >= 0; c = next[c]) {
      path.addAll(components.get(c));
    }
    return path;
  }

  private void measure(int c) {
    List<Integer> members = components.get(c);
    long own = 0;
    long below = 0;
    int deepest = -1;
    boolean circle = members.size() > 1;
    for (int node : members) {
      own += nodes.get(node).frame().orElse(0);
      for (int callee : edges.get(node)) {
        int to = component[callee];
        if (to == c) {
          circle = true;
          continue;
        }
        circle |= recursive[to];
        if (depth[to] > below) {
          below = depth[to];
          deepest = to;
        }
      }
    }
    depth[c] = own + below;
    next[c] = deepest;
    recursive[c] = circle;
  }

  /// Tarjan's algorithm without recursion: call graphs of servers are deep.
  private void findComponents() {
    int[] order = new int[nodes.size()];
    int[] low = new int[nodes.size()];
    int[] at = new int[nodes.size()];
    Arrays.fill(order, -1);
    Arrays.fill(component, -1);
    Deque<Integer> open = new ArrayDeque<>();
    Deque<Integer> walk = new ArrayDeque<>();
    int count = 0;
    for (int root = 0; root < order.length; root++) {
      if (order[root] >= 0) {
        continue;
      }
      walk.push(root);
      while (!walk.isEmpty()) {
        int node = walk.peek();
        if (order[node] < 0) {
          order[node] = low[node] = count++;
          open.push(node);
        }
        int[] to = edges.get(node);
        boolean down = false;
        while (at[node] < to.length && !down) {
          int callee = to[at[node]];
          if (order[callee] < 0) {
            walk.push(callee);
            down = true;
          } else {
            if (component[callee] < 0) {
              low[node] = Math.min(low[node], low[callee]);
            }
            at[node]++;
          }
        }
        if (!down) {
          walk.pop();
          if (low[node] == order[node]) {
            close(node, open);
          }
        }
      }
    }
  }

  private void close(int root, Deque<Integer> open) {
    var members = new ArrayList<Integer>();
    int member;
    do {
      member = open.pop();
      component[member] = components.size();
      members.add(member);
    } while (member != root);
    Collections.reverse(members);
    components.add(members);
  }
}
