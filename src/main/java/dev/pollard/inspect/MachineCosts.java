package dev.pollard.inspect;

import dev.pollard.dwarf.DebugInfo;
import dev.pollard.dwarf.Unit;
import dev.pollard.inspect.Piece.Kind;
import dev.pollard.name.CoroutineKind;
import dev.pollard.name.MachineNames;
import dev.pollard.object.MalformedObjectException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/// Charges code to machines by the tree of inlined functions: each byte to the innermost machine,
/// or drop glue of one, that it is in.
final class MachineCosts {
  private static final int UNKNOWN = -2;
  private static final int NOBODY = -1;

  /// The poll function of an `async fn` in its name with all generic arguments, and the number that
  /// tells names apart which are the same.
  private static final Pattern BODY =
      Pattern.compile("::\\{(closure#0|\\{closure})}( \\[[0-9]+])?$");

  private final Layout layout;
  private final DebugWalk walk;
  private final DebugWalk.Code code;
  private final Map<String, Long> frames;
  private final Map<String, Machine> types;
  private final Map<String, Cost> costs = new LinkedHashMap<>();
  private final List<Cost> list = new ArrayList<>();

  // By node: which cost, and the outermost node inside of the machine's own (or itself).
  private int[] owner = new int[0];
  private int[] below = new int[0];

  /// What was summed up for one machine.
  private static final class Cost {
    final String path;
    final CoroutineKind kind;
    final int index;
    String name = "";
    String symbol = "";
    String crate = "";
    long own;
    long inlined;
    long drop;
    long constants;
    final Map<Integer, Long> lines = new HashMap<>();
    final Map<Integer, Long> holders = new HashMap<>();

    Cost(String path, CoroutineKind kind, int index) {
      this.path = path;
      this.kind = kind;
      this.index = index;
    }
  }

  MachineCosts(
      Layout layout, DebugInfo info, DebugWalk walk, DebugWalk.Code code, Map<String, Long> frames)
      throws MalformedObjectException {
    this.layout = layout;
    this.walk = walk;
    this.code = code;
    this.frames = frames;
    this.types = new DebugTypes(info, walk).machines();
  }

  /// All machines, those with most flash first, then those with the largest futures.
  List<MachineCost> list() throws MalformedObjectException {
    for (Machine machine : types.values()) {
      cost(machine.path(), machine.kind());
    }
    Set<Unit> withLines = new LinkedHashSet<>();
    var own = new ArrayList<Piece>();
    for (Piece p : layout.pieces) {
      if (p.node() < 0) {
        continue;
      }
      resolve(p.node());
      int o = owner[p.node()];
      if (o == NOBODY) {
        continue;
      }
      Cost cost = list.get(o >> 1);
      if (isConstant(p)) {
        cost.constants += p.size();
        continue;
      }
      if ((o & 1) != 0) {
        cost.drop += p.size();
        continue;
      }
      cost.holders.merge(p.symbol(), p.size(), Long::sum);
      if (below[p.node()] == p.node()) {
        cost.own += p.size();
        own.add(p);
        withLines.add(walk.unit(p.node()));
      } else {
        cost.inlined += p.size();
        cost.lines.merge(walk.callLine(below[p.node()]), p.size(), Long::sum);
      }
    }
    var index = new LineIndex(withLines, code);
    for (Piece p : own) {
      Cost cost = list.get(owner[p.node()] >> 1);
      if (p.kind() == Kind.CODE) {
        index.cut(
            p.address(),
            p.address() + p.size(),
            (table, row, bytes) ->
                cost.lines.merge(table.map(t -> t.line(row)).orElse(0), bytes, Long::sum));
      }
    }
    return results();
  }

  private Cost cost(String path, CoroutineKind kind) {
    Cost known = costs.get(path);
    if (known == null) {
      known = new Cost(path, kind, list.size());
      costs.put(path, known);
      list.add(known);
    }
    return known;
  }

  /// Finds whose code a node is: it and those above it, as far as they are not known.
  private void resolve(int node) throws MalformedObjectException {
    if (node >= owner.length) {
      int from = owner.length;
      int size = Math.max(node + 1, from * 2);
      owner = Arrays.copyOf(owner, size);
      below = Arrays.copyOf(below, size);
      Arrays.fill(owner, from, size, UNKNOWN);
    }
    if (owner[node] != UNKNOWN) {
      return;
    }
    var open = new ArrayList<Integer>();
    int at = node;
    while (at >= 0 && owner[at] == UNKNOWN) {
      open.add(at);
      at = walk.parent(at);
    }
    for (int n : open.reversed()) {
      Optional<SourceFunction> f = walk.machineFunction(n);
      Optional<String> machine = f.flatMap(SourceFunction::machine);
      if (machine.isPresent()) {
        Cost cost =
            cost(machine.get(), f.flatMap(SourceFunction::coroutine).orElse(CoroutineKind.UNKNOWN));
        if (cost.symbol.isEmpty()) {
          cost.symbol = f.map(SourceFunction::symbol).orElse("");
          cost.crate = f.map(SourceFunction::crate).orElse("");
        }
        owner[n] = cost.index << 1;
        below[n] = n;
        continue;
      }
      Cost dropped = f.flatMap(SourceFunction::dropped).map(costs::get).orElse(null);
      int parent = walk.parent(n);
      if (dropped != null) {
        owner[n] = dropped.index << 1 | 1;
        below[n] = n;
      } else if (parent < 0 || owner[parent] == NOBODY) {
        owner[n] = NOBODY;
        below[n] = n;
      } else {
        owner[n] = owner[parent];
        boolean child = below[parent] == parent && isOwner(parent);
        below[n] = child ? n : below[parent];
      }
    }
  }

  /// Whether a node is a machine's poll function or drop glue itself.
  private boolean isOwner(int node) throws MalformedObjectException {
    Optional<SourceFunction> f = walk.machineFunction(node);
    return f.flatMap(SourceFunction::machine).isPresent()
        || f.flatMap(SourceFunction::dropped).map(costs::containsKey).orElse(false);
  }

  private static boolean isConstant(Piece p) {
    return p.kind() == Kind.CONSTANT || p.kind() == Kind.DATA;
  }

  /// Bytes of the constants that the code of each machine uses, by name, as far as it uses some.
  Map<String, Long> constants() {
    var sums = new HashMap<String, Long>();
    list.stream().filter(c -> c.constants > 0).forEach(c -> sums.put(c.name, c.constants));
    return sums;
  }

  /// The machine into which a machine's code at a piece is inlined; empty when it is no part of
  /// another's.
  String outerOf(Piece p) {
    int machine = p.node() < 0 ? NOBODY : owner[p.node()];
    for (int n = p.node(); n >= 0 && machine != NOBODY; n = walk.parent(n)) {
      if (owner[n] >> 1 != machine >> 1) {
        return owner[n] == NOBODY ? "" : list.get(owner[n] >> 1).name;
      }
    }
    return "";
  }

  /// The name of the machine that a piece was charged to by [#list]; empty for none.
  String machineOf(Piece p) {
    int o = p.node() < 0 ? NOBODY : owner[p.node()];
    return o == NOBODY ? "" : list.get(o >> 1).name;
  }

  /// What a piece is to that machine.
  Share.Part partOf(Piece p) {
    int o = p.node() < 0 ? NOBODY : owner[p.node()];
    if (o == NOBODY) {
      return Share.Part.NONE;
    }
    if (isConstant(p)) {
      return Share.Part.CONSTANT;
    }
    return (o & 1) != 0
        ? Share.Part.DROP
        : below[p.node()] == p.node() ? Share.Part.OWN : Share.Part.INLINED;
  }

  private List<MachineCost> results() {
    Map<String, String> names = names();
    list.forEach(c -> c.name = names.getOrDefault(c.path, c.path));
    var results = new ArrayList<MachineCost>();
    for (Cost cost : list) {
      Machine machine = types.getOrDefault(cost.path, Machine.unknown(cost.path, cost.kind));
      var seen = new HashMap<Integer, Boolean>();
      var stateBytes = new ArrayList<Long>();
      for (Machine.State state : machine.states()) {
        boolean first = state.isSuspend() && seen.putIfAbsent(state.line(), true) == null;
        stateBytes.add(first ? cost.lines.getOrDefault(state.line(), 0L) : 0L);
      }
      results.add(
          new MachineCost(
              cost.name,
              cost.crate.isEmpty() ? Machine.root(cost.path) : cost.crate,
              cost.symbol,
              machine,
              cost.own,
              cost.inlined,
              cost.drop,
              frame(cost),
              stateBytes,
              machine.inner().stream().map(i -> names.getOrDefault(i, i)).toList()));
    }
    results.sort(MachineCost.LARGEST);
    return Collections.unmodifiableList(results);
  }

  /// The frame of the symbol that holds most of the machine's code.
  private OptionalLong frame(Cost cost) {
    return cost.holders.entrySet().stream()
        .filter(e -> e.getKey() >= 0)
        .max(Map.Entry.comparingByValue())
        .map(e -> frames.get(layout.symbols.get(e.getKey())))
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  /// Short names by path: from symbols where there are some, else from the paths.
  private Map<String, String> names() {
    var kinds = new HashMap<String, CoroutineKind>();
    list.stream().filter(c -> !c.symbol.isEmpty()).forEach(c -> kinds.put(c.symbol, c.kind));
    Map<String, String> bySymbol = MachineNames.of(kinds);
    var used = new HashMap<String, Integer>();
    var names = new HashMap<String, String>();
    for (Cost cost : list) {
      String name =
          cost.symbol.isEmpty()
              ? MachineNames.ofDebugPath(cost.path)
              : bySymbol.getOrDefault(cost.symbol, cost.symbol);
      if (cost.kind == CoroutineKind.ASYNC_FN) {
        name = BODY.matcher(name).replaceFirst("");
      }
      int number = used.merge(name, 1, Integer::sum);
      names.put(cost.path, number == 1 ? name : name + " [" + number + "]");
    }
    return names;
  }
}
