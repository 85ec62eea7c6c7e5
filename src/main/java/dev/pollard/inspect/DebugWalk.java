package dev.pollard.inspect;

import static dev.pollard.dwarf.Dwarf.*;

import dev.pollard.dwarf.DebugInfo;
import dev.pollard.dwarf.Entries;
import dev.pollard.dwarf.LineTable;
import dev.pollard.dwarf.Unit;
import dev.pollard.inspect.Painter.Interval;
import dev.pollard.inspect.Painter.Stroke;
import dev.pollard.object.MalformedObjectException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One walk over all entries: which code belongs to which function of the source, inlined ones too,
/// and where named things are. Texts are read when they are asked for.
final class DebugWalk {
  /// How many entries a function's name may be away from it.
  private static final int HOPS = 8;

  /// Which code of a linked file is there: linkers leave the debug info of code that they drop, at
  /// an address such as 0.
  interface Code {
    /// Whether a function at that address is in the file.
    boolean holds(long start);

    /// Whether a sequence of a line table that begins at that address is about code in the file.
    default boolean hasLines(long start) {
      return holds(start);
    }
  }

  private final DebugInfo info;
  private final Code code;

  // Namespaces and types that others may be inside of.
  private final Longs scopeName = new Longs();
  private final Longs scopeParentAndUnit = new Longs();
  private final Map<Integer, String> scopePaths = new HashMap<>();

  // Entries that have a name, by offset: the scope that each is in.
  private final Longs named = new Longs();
  private final Longs namedScope = new Longs();

  // One per function with code and per place of inlining.
  private final Longs nodeOrigin = new Longs();
  private final Longs nodeParent = new Longs();
  private final Longs nodeCall = new Longs();
  private final Longs nodeUnit = new Longs();

  /// Types with variants, by offset: machines are among them.
  private final Longs withVariants = new Longs();

  private final List<Stroke> strokes = new ArrayList<>();
  private final List<Interval> pending = new ArrayList<>();
  private final Map<Long, SourceFunction> functions = new HashMap<>();
  private final Map<Long, Boolean> ofMachines = new HashMap<>();
  private final Map<SourceFunction, SourceFunction> canonical = new HashMap<>();
  private String missing = "";
  private int units;

  DebugWalk(DebugInfo info, Code code) {
    this.info = info;
    this.code = code;
  }

  /// Walks all units.
  void run() throws MalformedObjectException {
    for (Unit unit : info.units()) {
      if (unit.isMissing() && missing.isEmpty()) {
        missing = unit.splitName();
      }
      walk(unit);
      units++;
    }
    flush();
  }

  private void walk(Unit unit) throws MalformedObjectException {
    int[] scopes = new int[64];
    int[] nodes = new int[64];
    int[] ranks = new int[64];
    long[] offsets = new long[64];
    Entries e = unit.entries();
    while (e.next()) {
      int depth = e.depth();
      if (depth == scopes.length) {
        scopes = Arrays.copyOf(scopes, depth * 2);
        nodes = Arrays.copyOf(nodes, depth * 2);
        ranks = Arrays.copyOf(ranks, depth * 2);
        offsets = Arrays.copyOf(offsets, depth * 2);
      }
      int scope = depth == 0 ? -1 : scopes[depth - 1];
      int node = depth == 0 ? -1 : nodes[depth - 1];
      int rank = depth == 0 ? 0 : ranks[depth - 1];
      scopes[depth] = scope;
      nodes[depth] = node;
      ranks[depth] = rank;
      offsets[depth] = e.offset();
      switch (e.tag()) {
        case DW_TAG_namespace -> scopes[depth] = scope(scope, e);
        case DW_TAG_structure_type, DW_TAG_union_type, DW_TAG_enumeration_type -> {
          remember(e.offset(), scope);
          if (e.hasChildren()) {
            scopes[depth] = scope(scope, e);
          }
        }
        case DW_TAG_variant_part -> {
          if (depth > 0) {
            withVariants.add(offsets[depth - 1]);
          }
        }
        case DW_TAG_subprogram -> {
          remember(e.offset(), scope);
          nodes[depth] = -1;
          if (e.has(DW_AT_low_pc) || e.has(DW_AT_ranges)) {
            long[] ranges = e.ranges();
            if (ranges.length > 0 && code.holds(ranges[0])) {
              flush();
              long origin = e.reference(DW_AT_abstract_origin);
              ranks[depth] = 0;
              nodes[depth] = node(origin < 0 ? e.offset() : origin, -1, 0, ranges, 0);
            }
          }
        }
        case DW_TAG_inlined_subroutine -> {
          if (node >= 0) {
            long call =
                e.number(DW_AT_call_file, 0) << 32 | (e.number(DW_AT_call_line, 0) & 0xffff_ffffL);
            ranks[depth] = rank + 1;
            nodes[depth] =
                node(e.reference(DW_AT_abstract_origin), node, call, e.ranges(), rank + 1);
          }
        }
        default -> {}
      }
    }
  }

  private int scope(int parent, Entries e) throws MalformedObjectException {
    scopeName.add(e.textHandle(DW_AT_name));
    scopeParentAndUnit.add((long) parent << 32 | units);
    return scopeName.size() - 1;
  }

  private void remember(long offset, int scope) {
    named.add(offset);
    namedScope.add(scope);
  }

  private int node(long origin, int parent, long call, long[] ranges, int rank) {
    int node = nodeOrigin.size();
    nodeOrigin.add(origin);
    nodeParent.add(parent);
    nodeCall.add(call);
    nodeUnit.add(units);
    for (int i = 0; i < ranges.length; i += 2) {
      pending.add(new Interval(ranges[i], ranges[i + 1], rank, node));
    }
    return node;
  }

  private void flush() {
    if (!pending.isEmpty()) {
      strokes.addAll(Painter.paint(pending));
      pending.clear();
    }
  }

  /// The first of the files in which units lie that was not found; empty for none.
  String missing() {
    return missing;
  }

  /// Which node each stretch of code belongs to, the innermost. Functions may overlap.
  List<Stroke> strokes() {
    return strokes;
  }

  /// The node that it is inlined into, -1 for a function with code of its own.
  int parent(int node) {
    return (int) nodeParent.get(node);
  }

  /// The line of the call that was inlined, 0 when not known.
  int callLine(int node) {
    return (int) nodeCall.get(node);
  }

  /// The unit of a node.
  Unit unit(int node) {
    return info.units().get((int) nodeUnit.get(node));
  }

  /// Offsets of types that have variants.
  Longs withVariants() {
    return withVariants;
  }

  /// The function of a node.
  SourceFunction function(int node) throws MalformedObjectException {
    long origin = nodeOrigin.get(node);
    SourceFunction known = functions.get(origin);
    if (known == null) {
      known = read(origin);
      SourceFunction same = canonical.putIfAbsent(known, known);
      known = same == null ? known : same;
      functions.put(origin, known);
    }
    return known;
  }

  /// The function of a node if it may be a poll function of a machine or drop glue: reading the
  /// names of all others is most of the work on a large program.
  Optional<SourceFunction> machineFunction(int node) throws MalformedObjectException {
    long origin = nodeOrigin.get(node);
    Boolean known = ofMachines.get(origin);
    if (known == null) {
      String name = "";
      long at = origin;
      for (int hop = 0; hop < HOPS && at >= 0 && name.isEmpty(); hop++) {
        Entries e = info.entry(at);
        name = e.text(DW_AT_name);
        at = next(e);
      }
      known = name.startsWith("{") || name.startsWith("drop_");
      ofMachines.put(origin, known);
    }
    return known ? Optional.of(function(node)) : Optional.empty();
  }

  /// The entry that says more of the same function, -1 for none.
  private static long next(Entries e) throws MalformedObjectException {
    long specification = e.reference(DW_AT_specification);
    return specification < 0 ? e.reference(DW_AT_abstract_origin) : specification;
  }

  private SourceFunction read(long origin) throws MalformedObjectException {
    String symbol = "";
    String name = "";
    long at = origin;
    long where = origin;
    for (int hop = 0; hop < HOPS && at >= 0; hop++) {
      Entries e = info.entry(at);
      if (symbol.isEmpty()) {
        symbol = e.text(DW_AT_linkage_name);
        symbol = symbol.isEmpty() ? e.text(DW_AT_MIPS_linkage_name) : symbol;
      }
      if (name.isEmpty()) {
        name = e.text(DW_AT_name);
      }
      where = at;
      at = next(e);
    }
    return SourceFunction.of(symbol, path(scopeOf(where)), name);
  }

  /// The namespaces and types that a type or function is in, joined; empty for none.
  String scopesOf(long offset) throws MalformedObjectException {
    return path(scopeOf(offset));
  }

  private int scopeOf(long offset) {
    int at = named.find(offset);
    return at < 0 ? -1 : (int) namedScope.get(at);
  }

  private String path(int scope) throws MalformedObjectException {
    if (scope < 0) {
      return "";
    }
    String known = scopePaths.get(scope);
    if (known != null) {
      return known;
    }
    // A parent has a smaller number, so this ends; a deep nest of a hostile file is cut.
    var parts = new ArrayList<String>();
    int length = 0;
    for (int s = scope; s >= 0 && parts.size() < 256 && length < 1 << 16; ) {
      Unit unit = info.units().get((int) (scopeParentAndUnit.get(s) & 0xffff_ffffL));
      String part = unit.text(scopeName.get(s));
      parts.add(part.isEmpty() ? "_" : part);
      length += part.length();
      s = (int) (scopeParentAndUnit.get(s) >> 32);
    }
    String path = String.join("::", parts.reversed());
    scopePaths.put(scope, path);
    return path;
  }

  /// The functions that a node is inside of, itself first.
  List<Integer> chain(int node) {
    var chain = new ArrayList<Integer>();
    for (int n = node; n >= 0; n = parent(n)) {
      chain.add(n);
    }
    return chain;
  }

  /// The name of a file by its number in the unit of an entry; empty when not known.
  Optional<String> file(Unit unit, long number, Map<Unit, Optional<LineTable>> cache)
      throws MalformedObjectException {
    var table = cache.get(unit);
    if (table == null) {
      table = unit.files();
      cache.put(unit, table);
    }
    return table.map(t -> t.path(number)).filter(f -> !f.isEmpty());
  }
}
