package dev.pollard.size;

import dev.pollard.object.MalformedObjectException;
import dev.pollard.object.elf.ElfFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// What an emitted object says of the stack: the frame of each function, and the deepest path from
/// each poll function. `docs/glossary.md` defines both. Object files with `.stack_sizes` only (see
/// [StackSizes]); two objects compare when both were emitted that way.
///
/// @param frames from each symbol to the bytes of its frame, without what a call pushes
/// @param unsized functions without a known frame: assembly, and frames that vary at run time
/// @param paths the deepest path from each poll function, by symbol
public record StackReport(
    SortedMap<String, Long> frames, SortedSet<String> unsized, SortedMap<String, StackPath> paths) {
  public StackReport {
    frames = Collections.unmodifiableSortedMap(new TreeMap<>(frames));
    unsized = Collections.unmodifiableSortedSet(new TreeSet<>(unsized));
    paths = Collections.unmodifiableSortedMap(new TreeMap<>(paths));
  }

  /// The deepest stack from one function on.
  ///
  /// @param bytes along direct calls; a circle of calls counts once
  /// @param chain the symbols of that path, the function itself first
  /// @param recursive whether direct calls from here run in a circle: then nothing bounds the stack
  /// @param callsIndirectly whether any function that direct calls reach calls through a register
  /// @param withIndirect the same depth when each such call may reach every function whose address
  ///   is taken; empty when those calls close a circle
  /// @param externals symbols of other objects that are called on the way: their frames count 0
  /// @param unsized functions on the way whose frame is not known: it counts 0
  public record StackPath(
      long bytes,
      List<String> chain,
      boolean recursive,
      boolean callsIndirectly,
      OptionalLong withIndirect,
      SortedSet<String> externals,
      SortedSet<String> unsized) {
    public StackPath {
      chain = List.copyOf(chain);
      externals = Collections.unmodifiableSortedSet(new TreeSet<>(externals));
      unsized = Collections.unmodifiableSortedSet(new TreeSet<>(unsized));
    }
  }

  /// Reads an emitted object.
  ///
  /// @param polls which symbols are poll functions, or functions that hold an inlined one
  /// @throws MalformedObjectException when it is no relocatable ELF file, or a broken one
  public static StackReport of(ElfFile object, Predicate<String> polls)
      throws MalformedObjectException {
    CallGraph graph = CallGraph.of(object);
    var direct = new DeepestPaths(graph, false);
    var all = new DeepestPaths(graph, true);
    var frames = new TreeMap<>(StackSizes.of(object));
    var unsized = new TreeSet<String>();
    var paths = new TreeMap<String, StackPath>();
    for (CallGraph.Node node : graph.nodes()) {
      if (node.frame().isEmpty()) {
        unsized.add(node.code().name());
      }
      for (String name : node.code().names()) {
        if (polls.test(name)) {
          paths.put(name, path(graph, direct, all, node));
        }
      }
    }
    return new StackReport(frames, unsized, paths);
  }

  /// As above, with the symbols themselves.
  public static StackReport of(ElfFile object, Set<String> polls) throws MalformedObjectException {
    return of(object, polls::contains);
  }

  /// The deepest path of all poll functions.
  public Optional<StackPath> deepest() {
    return paths.values().stream().max(Comparator.comparingLong(StackPath::bytes));
  }

  /// The bytes of the deepest path of all poll functions, 0 when there is none.
  public long deepestBytes() {
    return deepest().map(StackPath::bytes).orElse(0L);
  }

  private static StackPath path(
      CallGraph graph, DeepestPaths direct, DeepestPaths all, CallGraph.Node node) {
    int index = node.code().index();
    var chain = new ArrayList<String>();
    for (int n : direct.path(index)) {
      chain.add(graph.nodes().get(n).code().name());
    }
    var externals = new TreeSet<String>();
    var unsized = new TreeSet<String>();
    boolean indirect = false;
    var seen = new BitSet();
    var todo = new ArrayDeque<Integer>(List.of(index));
    seen.set(index);
    while (!todo.isEmpty()) {
      CallGraph.Node n = graph.nodes().get(todo.pop());
      externals.addAll(n.externals());
      indirect |= n.callsIndirectly();
      if (n.frame().isEmpty()) {
        unsized.add(n.code().name());
      }
      for (int callee : n.calls()) {
        if (!seen.get(callee)) {
          seen.set(callee);
          todo.push(callee);
        }
      }
    }
    return new StackPath(
        direct.depth(index),
        chain,
        direct.isRecursive(index),
        indirect,
        all.isRecursive(index) ? OptionalLong.empty() : OptionalLong.of(all.depth(index)),
        externals,
        unsized);
  }
}
