package dev.pollard.inspect;

import dev.pollard.inspect.Piece.Kind;
import dev.pollard.object.MalformedObjectException;
import dev.pollard.object.elf.ElfFile;
import dev.pollard.size.DirectBranches;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/// What leads to what: machines and functions as nodes, joined by calls, by inlining and by
/// holding. From it follows what each machine retains, and where the panics of ended futures are.
final class MachineGraph {
  private static final Pattern RESUMED =
      Pattern.compile("panic_const_(async|coroutine|gen)_\\w*(resumed|none)");

  private static final int ROOT = 0;

  private final List<MachineCost> machines;
  private final Layout layout;
  private final Function<Piece, String> machineOf;
  private final Function<Piece, String> outerOf;
  private final Map<String, Integer> index = new HashMap<>();
  private final TreeMap<Long, Piece> code = new TreeMap<>();
  private final Map<Long, Integer> entries = new HashMap<>();
  private final List<Set<Integer>> edges = new ArrayList<>();
  private final int[] resumedCalls;
  private final long[] resumedBytes;
  private final long[] weights;
  private final boolean[] called;

  /// @param machineOf the name of the machine that a piece is charged to; empty for none
  /// @param outerOf the name of the machine that this one is inlined into there; empty for none
  MachineGraph(
      List<MachineCost> machines,
      Layout layout,
      Function<Piece, String> machineOf,
      Function<Piece, String> outerOf) {
    this.machines = machines;
    this.layout = layout;
    this.machineOf = machineOf;
    this.outerOf = outerOf;
    int nodes = 1 + machines.size() + layout.symbols.size();
    for (int i = 0; i < nodes; i++) {
      edges.add(new HashSet<>());
    }
    for (int i = 0; i < machines.size(); i++) {
      index.put(machines.get(i).name(), 1 + i);
    }
    weights = new long[nodes];
    called = new boolean[nodes];
    resumedCalls = new int[nodes];
    resumedBytes = new long[nodes];
  }

  /// The details of all machines, in their order.
  List<MachineDetails> details(Optional<ElfFile> elf, Map<String, Long> constants, LineIndex lines)
      throws MalformedObjectException {
    place();
    if (elf.isPresent() && !elf.get().isRelocatable()) {
      calls(elf.get(), lines);
    }
    hold();
    for (int node = 1; node < weights.length; node++) {
      if (!called[node]) {
        edges.get(ROOT).add(node);
      }
    }
    int[][] successors = new int[edges.size()][];
    for (int i = 0; i < successors.length; i++) {
      successors[i] = edges.get(i).stream().mapToInt(n -> n).sorted().toArray();
    }
    long[] retained = new Dominators(successors).sums(weights);
    var details = new ArrayList<MachineDetails>();
    for (int i = 0; i < machines.size(); i++) {
      details.add(
          new MachineDetails(
              constants.getOrDefault(machines.get(i).name(), 0L),
              retained[1 + i],
              resumedCalls[1 + i],
              resumedBytes[1 + i]));
    }
    return details;
  }

  private int symbolNode(int symbol) {
    return 1 + machines.size() + symbol;
  }

  /// The node that has a piece of code: its machine, else its symbol; the root for neither.
  private int nodeOf(Piece p) {
    Integer machine = index.get(machineOf.apply(p));
    return machine != null ? machine : p.symbol() >= 0 ? symbolNode(p.symbol()) : ROOT;
  }

  private void join(int from, int to) {
    if (from != to && to != ROOT) {
      edges.get(from).add(to);
      called[to] = true;
    }
  }

  /// Weighs the nodes, and joins each machine to what it is inlined into.
  private void place() {
    for (Piece p : layout.pieces) {
      if (p.kind() != Kind.CODE && p.kind() != Kind.OUTLINED && p.kind() != Kind.LITERALS) {
        continue;
      }
      int node = nodeOf(p);
      weights[node] += p.size();
      if (p.kind() != Kind.CODE) {
        continue;
      }
      code.put(p.address(), p);
      if (p.symbol() >= 0) {
        entries.merge(p.address(), symbolNode(p.symbol()), (a, _) -> a);
        if (node != symbolNode(p.symbol())) {
          Integer outer = index.get(outerOf.apply(p));
          join(outer == null ? symbolNode(p.symbol()) : outer, node);
        }
      }
    }
  }

  private void hold() {
    for (MachineCost m : machines) {
      for (String inner : m.inner()) {
        Integer to = index.get(inner);
        if (to != null) {
          join(index.getOrDefault(m.name(), ROOT), to);
        }
      }
    }
  }

  private void calls(ElfFile elf, LineIndex lines) {
    DirectBranches.of(
        elf,
        (from, to) -> {
          Optional<Piece> caller = ElfLayout.at(code, from);
          Optional<Piece> callee = ElfLayout.at(code, to);
          if (caller.isEmpty() || callee.isEmpty() || callee.get().symbol() < 0) {
            return;
          }
          if (caller.get().symbol() != callee.get().symbol()) {
            join(nodeOf(caller.get()), symbolNode(callee.get().symbol()));
            resumed(caller.get(), from, callee.get().symbol(), lines);
          }
        });
    // A function whose address is taken may be called from anywhere.
    References.Sink taken =
        (_, to) -> {
          Integer node = entries.get(elf.machine() == ElfFile.EM_ARM ? to & ~1L : to);
          if (node != null) {
            join(ROOT, node);
          }
        };
    References.inCode(elf, taken);
    References.relocated(elf, taken);
    for (var section : elf.sections()) {
      if (section.isAllocated() && !section.isExecutable() && !section.isNoBits()) {
        References.inData(elf, section.contents(), section.address(), taken);
      }
    }
    taken.take(0, elf.entry());
  }

  private void resumed(Piece caller, long at, int symbol, LineIndex lines) {
    int node = nodeOf(caller);
    if (node > machines.size() || !RESUMED.matcher(layout.symbols.get(symbol)).find()) {
      return;
    }
    resumedCalls[node]++;
    long[] start = {caller.address()};
    lines.cut(
        caller.address(),
        caller.address() + caller.size(),
        (_, _, bytes) -> {
          if (start[0] <= at && at < start[0] + bytes) {
            resumedBytes[node] += bytes;
          }
          start[0] += bytes;
        });
  }
}
