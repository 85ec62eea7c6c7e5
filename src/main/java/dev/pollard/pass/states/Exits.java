package dev.pollard.pass.states;

import dev.pollard.llvm.BasicBlock;
import dev.pollard.llvm.Instruction;
import dev.pollard.llvm.Opcode;
import java.util.ArrayList;
import java.util.List;

/// Where a block goes, by successor index, looking through blocks that do nothing but branch.
///
/// @param block the block
/// @param edges one per successor index
record Exits(BasicBlock block, List<Edge> edges) {
  /// One way on.
  ///
  /// @param from the block that the target's phis know: the block itself, or the one between
  /// @param target where it goes
  record Edge(BasicBlock from, BasicBlock target) {}

  Exits {
    edges = List.copyOf(edges);
  }

  static Exits of(BasicBlock block) {
    List<Edge> edges = new ArrayList<>();
    for (BasicBlock successor : block.successors()) {
      edges.add(edge(block, successor));
    }
    return new Exits(block, edges);
  }

  /// The targets in order.
  List<BasicBlock> targets() {
    return edges.stream().map(Edge::target).toList();
  }

  /// Whether a way on leads straight to `other`.
  boolean touches(BasicBlock other) {
    return edges.stream().anyMatch(e -> e.target().equals(other) || e.from().equals(other))
        && !(other.equals(block) && edges.stream().noneMatch(e -> e.target().equals(other)));
  }

  private static Edge edge(BasicBlock block, BasicBlock successor) {
    Instruction end = successor.terminator();
    boolean between =
        end.opcode() == Opcode.BR
            && !end.isConditional()
            && successor.first().equals(end)
            && !end.successor(0).equals(successor)
            && isOnlyReachedBy(block, successor);
    return between ? new Edge(successor, end.successor(0)) : new Edge(block, successor);
  }

  /// Whether one edge alone leads to `successor`.
  private static boolean isOnlyReachedBy(BasicBlock block, BasicBlock successor) {
    int count = 0;
    for (BasicBlock s : block.successors()) {
      count += s.equals(successor) ? 1 : 0;
    }
    return count == 1 && successor.predecessors().size() == 1;
  }
}
