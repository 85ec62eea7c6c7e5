package dev.pollard.diff;

import dev.pollard.inspect.Inspection;
import dev.pollard.inspect.Machine;
import dev.pollard.inspect.MachineCost;
import dev.pollard.inspect.Piece;
import dev.pollard.inspect.Row;
import dev.pollard.name.RustSymbol;
import dev.pollard.size.ArtifactSizes;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// A [Side] from a linked file, ELF or wasm.
public final class FileSide {
  private static final Set<Piece.Kind> CODE =
      EnumSet.of(Piece.Kind.CODE, Piece.Kind.OUTLINED, Piece.Kind.LITERALS);

  private FileSide() {}

  /// Reads a file.
  ///
  /// @throws IOException when it cannot be read, is neither ELF nor a linked wasm module, or is
  ///   malformed
  public static Side of(Path file) throws IOException {
    return of(Inspection.of(file), file);
  }

  /// What an inspection of a file has found.
  public static Side of(Inspection inspection, Path file) throws IOException {
    ArtifactSizes sizes = inspection.sizes();
    if (inspection.target().startsWith("wasm")) {
      sizes = ArtifactSizes.of(file); // with its compressed sizes
    }
    var measures = measures(sizes);
    inspection.machines().stream()
        .flatMapToLong(m -> m.machine().futureSize().stream())
        .max()
        .ifPresent(most -> measures.put("largest future", most));
    var tables = new EnumMap<By, List<Entry>>(By.class);
    tables.put(By.MACHINE, machines(inspection));
    tables.put(By.CRATE, rows(inspection.byCrate(), Map.of()));
    List<Row> functions = inspection.byFunction();
    tables.put(By.FUNCTION, rows(functions, shapes(file, functions)));
    tables.put(By.SECTION, sections(sizes));
    return new Side(inspection.file(), inspection.target(), measures, tables, inspection.notes());
  }

  private static Map<String, Long> measures(ArtifactSizes sizes) {
    var measures = new LinkedHashMap<String, Long>();
    measures.put(Side.FLASH, sizes.flash());
    sizes.gzip().ifPresent(b -> measures.put("gzip", b));
    sizes.brotli().ifPresent(b -> measures.put("brotli", b));
    measures.put("text", sizes.text());
    measures.put("rodata", sizes.rodata());
    measures.put("data", sizes.data());
    measures.put("RAM", sizes.ram());
    return measures;
  }

  /// `text`, `rodata` and `data`, and for wasm what is left of the file.
  private static List<Entry> sections(ArtifactSizes sizes) {
    return sections(sizes.flash(), sizes.text(), sizes.rodata(), sizes.data());
  }

  /// Rows that add up to the flash.
  public static List<Entry> sections(long flash, long text, long rodata, long data) {
    var rows =
        new ArrayList<>(
            List.of(
                Entry.of("[text]", text), Entry.of("[rodata]", rodata), Entry.of("[data]", data)));
    long rest = flash - text - rodata - data;
    if (rest != 0) {
      rows.add(Entry.of("[rest of the file]", rest));
    }
    return rows;
  }

  private static List<Entry> rows(List<Row> rows, Map<String, Shape> shapes) {
    return rows.stream()
        .map(r ->
            new Entry(
                r.name(),
                r.bytes(),
                r.count(),
                OptionalLong.empty(),
                Set.of(),
                Optional.ofNullable(shapes.get(r.name()))))
        .toList();
  }

  /// The shapes of those functions that share all but numbers of their names with others.
  private static Map<String, Shape> shapes(Path file, List<Row> functions) throws IOException {
    Set<String> numbered = new HashSet<>();
    functions.stream()
        .map(Row::name)
        .filter(n -> !Family.of(n).name().equals(n))
        .forEach(numbered::add);
    if (numbered.isEmpty()) {
      return Map.of();
    }
    var names = new HashMap<String, String>();
    try (var channel = FileChannel.open(file, StandardOpenOption.READ);
        var arena = Arena.ofConfined()) {
      MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      return Shape.of(
          file.toString(),
          bytes,
          s -> names.computeIfAbsent(s, n -> RustSymbol.parse(n).map(RustSymbol::plain).orElse(n)),
          numbered::contains);
    }
  }

  /// The machines, and what is none: together the flash.
  private static List<Entry> machines(Inspection inspection) {
    var rows = new ArrayList<Entry>();
    long code = 0;
    for (var kind : inspection.byKind().entrySet()) {
      if (CODE.contains(kind.getKey())) {
        code += kind.getValue();
      } else if (kind.getValue() != 0) {
        rows.add(Entry.of("[" + kind.getKey().text() + "]", kind.getValue()));
      }
    }
    for (MachineCost m : inspection.machines()) {
      code -= m.flash();
      rows.add(
          new Entry(
              m.name(),
              m.flash(),
              m.machine().states().size(),
              m.machine().futureSize(),
              facts(m),
              Optional.empty()));
    }
    rows.add(Entry.of("[code of no machine]", code));
    return rows;
  }

  /// What a machine awaits and keeps. Lines count from its first one, so that lines above it do not
  /// matter.
  private static Set<String> facts(MachineCost cost) {
    Machine machine = cost.machine();
    var facts = new HashSet<String>();
    facts.add("kind " + machine.kind());
    facts.add("file " + machine.file());
    for (Machine.State s : machine.states()) {
      if (s.isSuspend()) {
        facts.add("await " + (s.line() - machine.line()));
        s.held().forEach(h -> facts.add("held " + h.name() + " " + h.size()));
      }
    }
    return facts;
  }
}
