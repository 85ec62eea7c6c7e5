package dev.pollard.inspect;

import dev.pollard.dwarf.DebugInfo;
import dev.pollard.dwarf.DebugSections;
import dev.pollard.dwarf.LineTable;
import dev.pollard.dwarf.SplitFiles;
import dev.pollard.dwarf.Unit;
import dev.pollard.inspect.Piece.Kind;
import dev.pollard.object.MalformedObjectException;
import dev.pollard.object.elf.ElfFile;
import dev.pollard.object.elf.ElfSection;
import dev.pollard.object.wasm.WasmFile;
import dev.pollard.size.ArtifactSizes;
import dev.pollard.size.ArtifactSizes.SectionSize;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What [#of] finds in one linked file, ELF or wasm, or in an ELF object: where each byte of its
/// flash goes, and what each async machine costs.
public final class Inspection {
  private final String file;
  private final String target;
  private final long fileSize;
  private final ArtifactSizes sizes;
  private final Layout layout;
  private final Optional<DebugWalk> walk;
  private final DebugWalk.Code code;
  private final List<MachineCost> machines;
  private final Optional<MachineCosts> costs;
  private final SymbolMachines symbolMachines;
  private final List<String> notes;
  private final Map<Integer, SourceFunction> bySymbol = new HashMap<>();
  private final List<Unit> units;
  private final Optional<ElfFile> elf;
  private Optional<LineIndex> lines = Optional.empty();
  private Optional<Map<String, MachineDetails>> details = Optional.empty();

  private Inspection(
      String file,
      Optional<ElfFile> elf,
      String target,
      long fileSize,
      ArtifactSizes sizes,
      Layout layout,
      Optional<DebugInfo> info,
      Optional<DebugWalk> walk,
      DebugWalk.Code code,
      Map<String, Long> frames,
      List<String> notes)
      throws MalformedObjectException {
    this.file = file;
    this.elf = elf;
    this.target = target;
    this.fileSize = fileSize;
    this.sizes = sizes;
    this.layout = layout;
    this.walk = walk;
    this.code = code;
    this.units = info.map(DebugInfo::units).orElse(List.of());
    this.notes = new ArrayList<>(notes);
    var found = new ArrayList<MachineCost>();
    costs =
        info.isPresent() && walk.isPresent()
            ? Optional.of(new MachineCosts(layout, info.get(), walk.get(), code, frames))
            : Optional.empty();
    if (costs.isPresent()) {
      found.addAll(costs.get().list());
      if (!found.isEmpty() && found.stream().noneMatch(m -> m.machine().futureSize().isPresent())) {
        this.notes.add(
            "the debug info describes no types: sizes of futures and states are unknown");
      }
    }
    symbolMachines = new SymbolMachines(layout, frames);
    found.forEach(m -> symbolMachines.leaveOut(m.name()));
    found.addAll(symbolMachines.list());
    found.sort(MachineCost.LARGEST);
    machines = List.copyOf(found);
    noteMissing();
  }

  /// Says of how much code there is no debug info, if it is more than what assembly has.
  private void noteMissing() {
    long known = 0;
    long unknown = 0;
    for (Piece p : layout.pieces) {
      if (p.kind() == Kind.CODE && p.node() >= 0) {
        known += p.size();
      } else if (p.kind() == Kind.CODE || p.kind() == Kind.UNATTRIBUTED) {
        unknown += p.size();
      }
    }
    if (unknown > known / 10) {
      String part =
          known == 0
              ? "without debug info (debug = 2 in the profile)"
              : String.format(
                  Locale.ROOT,
                  "%,d of %,d bytes of code have no debug info (debug = 2 in the profile): there",
                  unknown,
                  known + unknown);
      notes.add(
          part
              + " what is inlined counts to the function it is in, machines are known only where a"
              + " symbol names them, and sizes of futures, states and awaits are unknown");
    }
  }

  /// Inspects a file.
  ///
  /// @throws IOException when it cannot be read, is neither ELF nor a linked wasm module, or is
  ///   malformed
  public static Inspection of(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      // Kept while the result lives: it is read lazily.
      MemorySegment bytes =
          channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
      return of(file.toString(), bytes, Optional.of(new SplitFiles(file)));
    }
  }

  /// Inspects bytes that messages call `name`; no other file is opened.
  static Inspection of(String name, MemorySegment bytes) throws IOException {
    return of(name, bytes, Optional.empty());
  }

  private static Inspection of(String name, MemorySegment bytes, Optional<SplitFiles> beside)
      throws IOException {
    if (ElfFile.isElf(bytes)) {
      return ofElf(ElfFile.parse(name, bytes), beside);
    }
    if (WasmFile.isWasm(bytes)) {
      return ofWasm(WasmFile.parse(name, bytes));
    }
    throw new MalformedObjectException(
        name, 0, "neither ELF nor WebAssembly: give a linked program, a library or an object");
  }

  private static Inspection ofElf(ElfFile elf, Optional<SplitFiles> beside) throws IOException {
    var notes = new ArrayList<String>();
    var sections = DebugSections.of(elf);
    Set<Long> starts = new HashSet<>();
    elf.symbols().stream()
        .filter(s -> s.isDefined() && s.isFunction())
        .forEach(s -> starts.add(elf.codeAddress(s)));
    List<ElfSection> executable =
        elf.sections().stream().filter(s -> s.isAllocated() && s.isExecutable()).toList();
    // Dropped functions are left at 0 or 1, and there may be real code.
    DebugWalk.Code code =
        start ->
            (start > 1 || starts.contains(start))
                && executable.stream().anyMatch(s -> s.contains(start));
    Optional<DebugInfo> info = Optional.empty();
    if (elf.isRelocatable()) {
      notes.add("an object that is not linked: its debug info is not read");
    } else {
      info = info(sections, beside);
    }
    Optional<DebugWalk> walk = walk(info, code, notes);
    var layout = new ElfLayout(elf, Layout.inOrder(walk.map(DebugWalk::strokes).orElse(List.of())));
    layout.fill();
    layout.chargeOutlined();
    layout.chargeConstants();
    if (elf.symbols().size() <= 1) {
      notes.add(
          "the file is stripped: code that no dynamic symbol or debug info names is unattributed");
    }
    return new Inspection(
        elf.name(),
        Optional.of(elf),
        target(elf),
        elf.bytes().byteSize(),
        ArtifactSizes.of(elf),
        layout,
        info,
        walk,
        code,
        Frames.of(elf, sections),
        notes);
  }

  private static Inspection ofWasm(WasmFile wasm) throws IOException {
    if (wasm.relocatable()) {
      throw new MalformedObjectException(
          wasm.name(), 0, "a WebAssembly object that is not linked: give the linked module");
    }
    var notes = new ArrayList<String>();
    long codeStart = WasmLayout.codeStart(wasm);
    Set<Long> starts = new HashSet<>();
    for (WasmFile.Function f : wasm.functions()) {
      // A function's address is that of its locals, behind the size of its body.
      starts.add(f.offset() + f.size() - f.code().byteSize() - codeStart);
    }
    long first = starts.stream().mapToLong(s -> s).min().orElse(Long.MAX_VALUE);
    DebugWalk.Code code =
        new DebugWalk.Code() {
          @Override
          public boolean holds(long start) {
            return starts.contains(start);
          }

          // A sequence begins at a function's first line, which is behind its locals.
          @Override
          public boolean hasLines(long start) {
            return start >= first;
          }
        };
    Optional<DebugInfo> info = info(DebugSections.of(wasm), Optional.empty());
    Optional<DebugWalk> walk = walk(info, code, notes);
    var layout =
        new WasmLayout(wasm, Layout.inOrder(walk.map(DebugWalk::strokes).orElse(List.of())));
    layout.fill();
    return new Inspection(
        wasm.name(),
        Optional.empty(),
        "wasm32",
        wasm.bytes().byteSize(),
        ArtifactSizes.of(wasm, false),
        layout,
        info,
        walk,
        code,
        Map.of(),
        notes);
  }

  private static Optional<DebugInfo> info(DebugSections sections, Optional<SplitFiles> beside)
      throws IOException {
    if (!sections.hasInfo()) {
      return Optional.empty();
    }
    return Optional.of(
        beside.isPresent() ? DebugInfo.read(sections, beside.get()) : DebugInfo.read(sections));
  }

  private static Optional<DebugWalk> walk(
      Optional<DebugInfo> info, DebugWalk.Code code, List<String> notes)
      throws MalformedObjectException {
    if (info.isEmpty()) {
      return Optional.empty();
    }
    var walk = new DebugWalk(info.get(), code);
    walk.run();
    if (!walk.missing().isEmpty()) {
      notes.add(
          "a part of the debug info is in other files (split-debuginfo) that are not there: put "
              + walk.missing()
              + " or the program's .dwp file beside it");
    }
    return Optional.of(walk);
  }

  private static String target(ElfFile elf) {
    return switch (elf.machine()) {
      case ElfFile.EM_386 -> "x86";
      case ElfFile.EM_ARM -> "arm";
      case ElfFile.EM_X86_64 -> "x86_64";
      case ElfFile.EM_AARCH64 -> "aarch64";
      case ElfFile.EM_RISCV -> elf.is64() ? "riscv64" : "riscv32";
      default -> "machine " + elf.machine();
    };
  }

  /// What messages call the file.
  public String file() {
    return file;
  }

  /// The kind of processor, such as `arm`.
  public String target() {
    return target;
  }

  /// Bytes of the whole file.
  public long fileSize() {
    return fileSize;
  }

  /// Sizes as `llvm-size` counts.
  public ArtifactSizes sizes() {
    return sizes;
  }

  /// Sections in file order; for wasm those of the whole file.
  public List<SectionSize> sections() {
    return layout.sections;
  }

  /// All machines, those that cost most first.
  public List<MachineCost> machines() {
    return machines;
  }

  /// More about one of the machines; worked out when it is asked for the first time.
  public MachineDetails details(MachineCost machine) throws MalformedObjectException {
    Map<String, MachineDetails> known = details.orElse(null);
    if (known == null) {
      known = new HashMap<>();
      var all =
          new MachineGraph(
                  machines, layout, this::machineOf, p -> costs.map(c -> c.outerOf(p)).orElse(""))
              .details(elf, costs.map(MachineCosts::constants).orElse(Map.of()), lines());
      for (int i = 0; i < all.size(); i++) {
        known.put(machines.get(i).name(), all.get(i));
      }
      details = Optional.of(known);
    }
    return known.getOrDefault(machine.name(), MachineDetails.NONE);
  }

  /// Generic async functions of which there are several instances, those first of which a merge
  /// would save most.
  public List<GenericMachines> generics() {
    return GenericMachines.of(machines);
  }

  private String machineOf(Piece p) {
    String machine = costs.map(c -> c.machineOf(p)).orElse("");
    return machine.isEmpty() ? symbolMachines.machineOf(p) : machine;
  }

  /// What could not be told, and why.
  public List<String> notes() {
    return notes;
  }

  /// Whether there is debug info of code.
  public boolean hasDebugInfo() {
    return walk.isPresent();
  }

  List<Piece> pieces() {
    return layout.pieces;
  }

  /// The functions that a piece is in, the innermost first, as symbols.
  List<String> symbolsOf(Piece piece) throws MalformedObjectException {
    var names = new ArrayList<String>();
    for (int node : walk.orElseThrow().chain(piece.node())) {
      SourceFunction f = walk.orElseThrow().function(node);
      names.add(
          f.symbol().isEmpty()
              ? f.path().substring(SourceFunction.lastPart(f.path()))
              : f.symbol());
    }
    return names;
  }

  /// The file and line of the code at an address, as `file:12`; for tests.
  String lineAt(long address) throws MalformedObjectException {
    LineIndex index = lines();
    var text = new StringBuilder();
    index.cut(
        address,
        address + 1,
        (table, row, _) ->
            text.append(
                table.map(t -> t.path(t.fileNumber(row)) + ":" + t.line(row)).orElse("??:0")));
    return text.toString();
  }

  private LineIndex lines() throws MalformedObjectException {
    LineIndex index = lines.orElse(null);
    if (index == null) {
      index = new LineIndex(units, code);
      lines = Optional.of(index);
    }
    return index;
  }

  String symbolName(int index) {
    return layout.symbols.get(index);
  }

  /// The bytes of each kind; they add up to the flash.
  public Map<Kind, Long> byKind() {
    var sums = new EnumMap<Kind, Long>(Kind.class);
    for (Kind kind : Kind.values()) {
      sums.put(kind, 0L);
    }
    layout.pieces.forEach(p -> sums.merge(p.kind(), p.size(), Long::sum));
    return sums;
  }

  /// Bytes of flash by the crate that the code is written in, wherever it is inlined, largest
  /// first.
  public List<Row> byCrate() throws MalformedObjectException {
    var rows = new Rows();
    for (Piece p : layout.pieces) {
      Optional<SourceFunction> f = functionOf(p);
      rows.add(crate(p, f), f.map(SourceFunction::plain).orElse(""), p.size());
    }
    return rows.list();
  }

  private String crate(Piece p, Optional<SourceFunction> f) {
    String crate = f.map(SourceFunction::crate).orElse("");
    boolean told = f.isEmpty() || p.kind() == Kind.OUTLINED;
    return crate.isEmpty() ? told ? bracket(p) : "[no crate]" : crate;
  }

  /// The flash by kind, crate, function and machine at once, largest first; the shares add up to
  /// it, and those of a machine to its bytes.
  public List<Share> shares() throws MalformedObjectException {
    record Key(Kind kind, String crate, String function, String machine, Share.Part part) {}
    var sums = new HashMap<Key, Long>();
    for (Piece p : layout.pieces) {
      Optional<SourceFunction> f = functionOf(p);
      String function = f.map(SourceFunction::plain).orElse(bracket(p));
      String machine = costs.map(c -> c.machineOf(p)).orElse("");
      var key =
          machine.isEmpty()
              ? new Key(
                  p.kind(),
                  crate(p, f),
                  function,
                  symbolMachines.machineOf(p),
                  symbolMachines.partOf(p))
              : new Key(p.kind(), crate(p, f), function, machine, costs.orElseThrow().partOf(p));
      sums.merge(key, p.size(), Long::sum);
    }
    var shares = new ArrayList<Share>();
    sums.forEach(
        (k, bytes) -> shares.add(new Share(k.kind, k.crate, k.function, k.machine, k.part, bytes)));
    shares.sort(
        Comparator.comparingLong(Share::bytes)
            .reversed()
            .thenComparing(Share::function)
            .thenComparing(Share::crate)
            .thenComparing(Share::machine)
            .thenComparing(Share::kind)
            .thenComparing(Share::part));
    return shares;
  }

  /// Bytes of flash by function of the source, wherever it is inlined; instances of a generic one
  /// are one row. Largest first.
  public List<Row> byFunction() throws MalformedObjectException {
    var rows = new Rows();
    for (Piece p : layout.pieces) {
      Optional<SourceFunction> f = functionOf(p);
      rows.add(
          f.map(SourceFunction::plain).orElse(bracket(p)),
          f.map(SourceFunction::name).orElse(""),
          p.size());
    }
    return rows.list();
  }

  /// Bytes of flash by symbol, as the linker sees them, largest first.
  public List<Row> bySymbol() throws MalformedObjectException {
    var rows = new Rows();
    for (Piece p : layout.pieces) {
      String name = p.symbol() < 0 ? "" : symbol(p.symbol()).name();
      rows.add(name.isEmpty() ? bracket(p) : name, String.valueOf(p.symbol()), p.size());
    }
    return rows.list();
  }

  /// Bytes of flash by line of the source, innermost, largest first.
  public List<Row> byLine() throws MalformedObjectException {
    var rows = new Rows();
    LineIndex index = lines();
    var names = new HashMap<LineTable, Map<Integer, String>>();
    for (Piece p : layout.pieces) {
      if (p.kind() != Kind.CODE) {
        rows.add(bracket(p), "", p.size());
        continue;
      }
      index.cut(
          p.address(),
          p.address() + p.size(),
          (table, row, bytes) -> {
            String line =
                table
                    .filter(t -> t.line(row) > 0)
                    .map(t ->
                        names
                                .computeIfAbsent(t, _ -> new HashMap<>())
                                .computeIfAbsent(t.fileNumber(row), n -> t.path(n))
                            + ":"
                            + t.line(row))
                    .orElse("[code without a line]");
            rows.add(line, String.valueOf(p.symbol()), bytes);
          });
    }
    return rows.list();
  }

  /// Bytes of memory that the states of futures keep alive, by state, largest first.
  public List<Row> byState() {
    var rows = new ArrayList<Row>();
    for (MachineCost m : machines) {
      for (Machine.State s : m.machine().states()) {
        String place = s.line() == 0 ? "" : " at " + s.file() + ":" + s.line();
        rows.add(new Row(m.name() + " " + s.name() + place, s.heldBytes(), s.held().size()));
      }
    }
    rows.sort(LARGEST);
    return rows;
  }

  /// Types that futures keep alive: the bytes of one value, and in how many states one is kept,
  /// largest first.
  public List<Row> byType() {
    var sizesOfTypes = new HashMap<String, Long>();
    var counts = new HashMap<String, Long>();
    for (MachineCost m : machines) {
      for (Machine.State s : m.machine().states()) {
        for (Machine.Held h : s.held()) {
          sizesOfTypes.merge(h.type(), h.size(), Math::max);
          counts.merge(h.type(), 1L, Long::sum);
        }
      }
    }
    var rows = new ArrayList<Row>();
    sizesOfTypes.forEach(
        (type, size) -> rows.add(new Row(type, size, counts.getOrDefault(type, 0L))));
    rows.sort(LARGEST);
    return rows;
  }

  private static final Comparator<Row> LARGEST =
      Comparator.comparingLong(Row::bytes).reversed().thenComparing(Row::name);

  private Optional<SourceFunction> functionOf(Piece p) throws MalformedObjectException {
    if (p.node() >= 0 && walk.isPresent()) {
      return Optional.of(walk.get().function(p.node()));
    }
    // What linkers and macros make has no Rust name: it is told by its kind.
    boolean function = p.kind() == Kind.CODE || p.kind() == Kind.LITERALS;
    return p.symbol() < 0
        ? Optional.empty()
        : Optional.of(symbol(p.symbol())).filter(f -> function || !f.crate().isEmpty());
  }

  private SourceFunction symbol(int index) {
    return bySymbol.computeIfAbsent(index, i -> SourceFunction.of(layout.symbols.get(i)));
  }

  private String bracket(Piece p) {
    String section = layout.sections.get(p.section()).name();
    return switch (p.kind()) {
      case CONSTANT, DATA, TABLE, CUSTOM -> "[" + p.kind().text() + " " + section + "]";
      case CODE, OUTLINED, LITERALS, PADDING, UNATTRIBUTED -> "[" + p.kind().text() + "]";
    };
  }

  /// Sums by name, and counts what is different inside.
  private static final class Rows {
    private final Map<String, long[]> sums = new HashMap<>();
    private final Map<String, Set<String>> members = new HashMap<>();

    void add(String name, String member, long bytes) {
      sums.computeIfAbsent(name, _ -> new long[1])[0] += bytes;
      members.computeIfAbsent(name, _ -> new HashSet<>()).add(member);
    }

    List<Row> list() {
      var rows = new ArrayList<Row>();
      sums.forEach((name, sum) ->
          rows.add(new Row(name, sum[0], members.getOrDefault(name, Set.of()).size())));
      rows.sort(LARGEST);
      return rows;
    }
  }
}
