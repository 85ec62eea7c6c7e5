package dev.pollard.inspect;

import dev.pollard.inspect.Piece.Kind;
import dev.pollard.name.CoroutineKind;
import dev.pollard.name.RustSymbol;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What symbols alone tell of machines. The poll function of a machine has the name of a closure,
/// as plain closures have; it is a machine for certain where an executor's `poll` has it as its
/// generic argument.
final class SymbolMachines {
  private final List<MachineCost> machines = new ArrayList<>();
  private final Map<Integer, String> names = new HashMap<>();
  private final Map<Integer, Share.Part> parts = new HashMap<>();

  /// One machine as far as it is known.
  private static final class Found {
    String symbol = "";
    long poll;
    long drop;
    OptionalLong frame = OptionalLong.empty();
  }

  /// Finds the machines in code of which debug info says nothing.
  SymbolMachines(Layout layout, Map<String, Long> frames) {
    var bytes = new HashMap<Integer, Long>();
    for (Piece p : layout.pieces) {
      if (isCharged(p)) {
        bytes.merge(p.symbol(), p.size(), Long::sum);
      }
    }
    var parsed = new LinkedHashMap<Integer, RustSymbol>();
    bytes.keySet().stream()
        .sorted()
        .forEach(i -> RustSymbol.parse(layout.symbols.get(i)).ifPresent(s -> parsed.put(i, s)));
    var found = new LinkedHashMap<String, Found>();
    parsed.forEach((index, symbol) -> {
      if (symbol.components().getLast().equals("poll")) {
        closure(symbol)
            .ifPresent(name -> {
              Found f = found.computeIfAbsent(name, _ -> new Found());
              f.symbol = f.symbol.isEmpty() ? symbol.symbol() : f.symbol;
              f.poll += bytes.getOrDefault(index, 0L);
              charge(index, name, Share.Part.OWN);
              Long frame = frames.get(symbol.symbol());
              f.frame = frame == null ? f.frame : OptionalLong.of(frame);
            });
      }
    });
    parsed.forEach((index, symbol) -> {
      Found own = found.get(symbol.full());
      if (own != null) {
        own.poll += bytes.getOrDefault(index, 0L);
        charge(index, symbol.full(), Share.Part.OWN);
      }
      if (symbol.plain().startsWith("core::ptr::drop_")) {
        closure(symbol)
            .filter(found::containsKey)
            .ifPresent(name -> {
              found.computeIfAbsent(name, _ -> new Found()).drop += bytes.getOrDefault(index, 0L);
              charge(index, name, Share.Part.DROP);
            });
      }
    });
    found.forEach((name, f) ->
        machines.add(
            new MachineCost(
                name,
                Machine.root(name),
                f.symbol,
                Machine.unknown(name, CoroutineKind.UNKNOWN),
                f.poll,
                0,
                f.drop,
                f.frame,
                List.of(),
                List.of())));
    machines.sort(MachineCost.LARGEST);
  }

  private void charge(int symbol, String name, Share.Part part) {
    names.put(symbol, name);
    parts.put(symbol, part);
  }

  /// All machines, those that cost most first.
  List<MachineCost> list() {
    return Collections.unmodifiableList(machines);
  }

  /// Leaves out a machine that debug info knows: it has its bytes from there.
  void leaveOut(String name) {
    machines.removeIf(m -> m.name().equals(name));
    names.values().removeIf(name::equals);
  }

  /// The name of the machine that a piece was charged to; empty for none.
  String machineOf(Piece p) {
    return isCharged(p) ? names.getOrDefault(p.symbol(), "") : "";
  }

  /// What a piece is to that machine.
  Share.Part partOf(Piece p) {
    return machineOf(p).isEmpty()
        ? Share.Part.NONE
        : parts.getOrDefault(p.symbol(), Share.Part.NONE);
  }

  private static boolean isCharged(Piece p) {
    return p.symbol() >= 0 && p.node() < 0 && (p.kind() == Kind.CODE || p.kind() == Kind.LITERALS);
  }

  private static Optional<String> closure(RustSymbol symbol) {
    return symbol.arguments().stream()
        .map(RustSymbol.TypeArgument::argument)
        .filter(RustSymbol::isClosure)
        .map(RustSymbol::full)
        .findFirst();
  }
}
