package dev.pollard.inspect;

import dev.pollard.inspect.Painter.Interval;
import dev.pollard.inspect.Painter.Stroke;
import dev.pollard.inspect.Piece.Kind;
import dev.pollard.object.elf.ElfFile;
import dev.pollard.object.elf.ElfSection;
import dev.pollard.object.elf.ElfSymbol;
import dev.pollard.size.ArtifactSizes;
import dev.pollard.size.ArtifactSizes.SectionSize;
import dev.pollard.size.DirectBranches;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The flash of an ELF file: its sections as [ArtifactSizes] counts them.
final class ElfLayout extends Layout {
  private static final Set<String> UNWINDING = Set.of(".eh_frame", ".eh_frame_hdr", ".ARM.exidx");

  /// What compilers call a constant that has no name in the source.
  private static final Pattern UNNAMED =
      Pattern.compile("\\.L.*|alloc_[0-9a-f]{32}.*|anon\\..*|vtable\\..*|switch\\.table\\..*");

  private static final Pattern OUTLINED = Pattern.compile("OUTLINED_FUNCTION_[0-9]+(\\..*)?");

  /// By the number of a symbol: each is asked for by every reference to it.
  private final Map<Integer, Boolean> nameless = new HashMap<>();

  private final ElfFile elf;

  ElfLayout(ElfFile elf, List<Stroke> debug) {
    super(debug);
    this.elf = elf;
  }

  /// Fills every section that counts.
  void fill() {
    List<ElfSection> real =
        elf.sections().stream().filter(s -> s.type() != ElfSection.SHT_NULL).toList();
    List<SectionSize> sizes = ArtifactSizes.of(elf).sections();
    List<List<ElfSymbol>> bySection = symbolsBySection();
    for (int i = 0; i < real.size(); i++) {
      ElfSection section = real.get(i);
      SectionSize size = sizes.get(i);
      sections.add(size);
      // A relocatable file has all its sections at 0, and its symbols are relative to them.
      long start = section.address();
      if (start < 0 || start > Long.MAX_VALUE - size.size() || size.size() < 0) {
        start = 0; // the upper half of the address space: kernels, and damaged files
      }
      List<ElfSymbol> here = bySection.get(section.index());
      switch (size.kind()) {
        case TEXT -> {
          List<Interval> owners = owners(here, start - section.address(), start, size.size(), true);
          fillCode(
              i,
              start,
              size.size(),
              section.contents(),
              owners,
              literals(here, start + size.size()));
        }
        case RODATA, DATA ->
            fillData(
                i,
                start,
                size.size(),
                dataKind(section, size),
                owners(here, start - section.address(), start, size.size(), false));
        case BSS, RESERVED, OTHER -> {}
      }
    }
  }

  /// Shares out each outlined function among the places that call it: the shares add up to its
  /// size. What calls it from other outlined code does not count.
  void chargeOutlined() {
    var outlined = new HashMap<Long, Integer>();
    var code = new TreeMap<Long, Piece>();
    for (int i = 0; i < pieces.size(); i++) {
      Piece p = pieces.get(i);
      if (p.kind() != Kind.CODE) {
        continue;
      }
      // Debug info has an entry for it, which says nothing but its name.
      if (p.symbol() >= 0 && OUTLINED.matcher(symbols.get(p.symbol())).matches()) {
        outlined.putIfAbsent(p.address(), i);
      } else {
        code.put(p.address(), p);
      }
    }
    var callers = new HashMap<Integer, List<Integer>>();
    if (!outlined.isEmpty() && !elf.isRelocatable()) {
      DirectBranches.of(
          elf,
          (from, to) -> {
            Integer target = outlined.get(to);
            var caller = target == null ? null : code.floorEntry(from);
            if (caller != null && from - caller.getKey() < caller.getValue().size()) {
              callers.computeIfAbsent(target, _ -> new ArrayList<>()).add(caller.getValue().node());
            }
          });
    }
    List<Piece> before = List.copyOf(pieces);
    pieces.clear();
    for (int i = 0; i < before.size(); i++) {
      Piece p = before.get(i);
      if (!outlined.containsKey(p.address()) || outlined.get(p.address()) != i) {
        pieces.add(p);
        continue;
      }
      List<Integer> nodes = callers.getOrDefault(i, List.of(p.node()));
      long done = 0;
      for (int n = 0; n < nodes.size(); n++) {
        long until = p.size() * (n + 1) / nodes.size();
        add(p.address() + done, until - done, p.section(), Kind.OUTLINED, p.symbol(), nodes.get(n));
        done = until;
      }
    }
  }

  /// Charges constants that have no name in the source to the code that uses them: each begins
  /// where an address in code or in other data points, and reaches to the next. One that several
  /// use is shared out among them; one that only other constants point to belongs to the users of
  /// those. What nothing points to stays as it is.
  void chargeConstants() {
    var constants = new TreeMap<Long, Piece>();
    var code = new TreeMap<Long, Piece>();
    for (Piece p : pieces) {
      switch (p.kind()) {
        case CONSTANT, DATA -> constants.put(p.address(), p);
        case CODE, OUTLINED -> code.put(p.address(), p);
        case LITERALS, TABLE, PADDING, CUSTOM, UNATTRIBUTED -> {}
      }
    }
    if (constants.isEmpty() || code.isEmpty() || elf.isRelocatable()) {
      return;
    }
    var users = new ConstantUsers();
    References.Sink fromCode =
        (from, to) -> {
          // Most of what looks like an address points elsewhere.
          if (isNameless(constants, to)) {
            at(code, from)
                .filter(user -> user.node() >= 0)
                .ifPresent(user -> users.used(to, user.node()));
          }
        };
    References.Sink fromData =
        (from, to) -> {
          if (isNameless(constants, to) && isNameless(constants, from)) {
            users.pointedTo(from, to);
          }
        };
    References.inCode(elf, fromCode);
    References.relocated(elf, fromData);
    List<ElfSection> real =
        elf.sections().stream().filter(s -> s.type() != ElfSection.SHT_NULL).toList();
    for (Piece p : constants.values()) {
      ElfSection section = real.get(p.section());
      long offset = p.address() - section.address();
      MemorySegment bytes = section.contents();
      if (offset >= 0 && offset < bytes.byteSize()) {
        long size = Math.min(p.size(), bytes.byteSize() - offset);
        References.inData(elf, bytes.asSlice(offset, size), p.address(), fromData);
      }
    }
    users.settle();
    List<Piece> before = List.copyOf(pieces);
    pieces.clear();
    for (Piece p : before) {
      boolean constant = p.kind() == Kind.CONSTANT || p.kind() == Kind.DATA;
      if (constant && isNameless(p)) {
        users.cut(
            p.address(),
            p.address() + p.size(),
            (start, end, node) -> add(start, end - start, p.section(), p.kind(), p.symbol(), node));
      } else {
        pieces.add(p);
      }
    }
  }

  private boolean isNameless(NavigableMap<Long, Piece> pieces, long address) {
    return at(pieces, address).filter(this::isNameless).isPresent();
  }

  private boolean isNameless(Piece p) {
    return p.symbol() < 0
        || nameless.computeIfAbsent(p.symbol(), s -> UNNAMED.matcher(symbols.get(s)).matches());
  }

  static Optional<Piece> at(NavigableMap<Long, Piece> pieces, long address) {
    return Optional.ofNullable(pieces.floorEntry(address))
        .map(Map.Entry::getValue)
        .filter(p -> address - p.address() < p.size());
  }

  private static Kind dataKind(ElfSection section, SectionSize size) {
    if ((section.type() != ElfSection.SHT_PROGBITS && section.type() != ElfSection.SHT_NOBITS)
        || UNWINDING.contains(section.name())
        || section.name().startsWith(".gcc_except_table")) {
      return Kind.TABLE;
    }
    return size.kind() == ArtifactSizes.Kind.RODATA ? Kind.CONSTANT : Kind.DATA;
  }

  private List<List<ElfSymbol>> symbolsBySection() {
    var bySection = new ArrayList<List<ElfSymbol>>();
    elf.sections().forEach(_ -> bySection.add(new ArrayList<>()));
    List<ElfSymbol> all = elf.symbols().size() > 1 ? elf.symbols() : elf.dynamicSymbols();
    for (ElfSymbol symbol : all) {
      if (symbol.section() > 0 && symbol.section() < bySection.size()) {
        bySection.get(symbol.section()).add(symbol);
      }
    }
    return bySection;
  }

  /// What each symbol of a section covers. Of symbols at one place the one that is seen from
  /// elsewhere counts, then the first by name. One without a size reaches to the next.
  private List<Interval> owners(
      List<ElfSymbol> here, long shift, long sectionStart, long sectionSize, boolean isCode) {
    var owners = new ArrayList<Interval>();
    List<ElfSymbol> sorted =
        here.stream()
            .filter(s -> isOwner(s, isCode))
            .sorted(
                Comparator.comparingLong(elf::codeAddress)
                    .thenComparing(s -> s.size() == 0)
                    .thenComparing(s -> !s.isGlobal())
                    .thenComparing(ElfSymbol::name))
            .toList();
    long last = -1;
    long reached = 0;
    for (int i = 0; i < sorted.size(); i++) {
      ElfSymbol symbol = sorted.get(i);
      long start = elf.codeAddress(symbol) + shift;
      if (start == last || start < sectionStart || start >= sectionStart + sectionSize) {
        continue;
      }
      long size = symbol.size();
      if (size <= 0) {
        // A label inside of a function that has a size is no function of its own.
        if (!isCode || start < reached) {
          continue;
        }
        int next = i + 1;
        while (next < sorted.size() && elf.codeAddress(sorted.get(next)) + shift == start) {
          next++;
        }
        size =
            (next < sorted.size()
                    ? Math.min(
                        elf.codeAddress(sorted.get(next)) + shift, sectionStart + sectionSize)
                    : sectionStart + sectionSize)
                - start;
      }
      last = start;
      long end =
          Math.min(
              start > Long.MAX_VALUE - size ? Long.MAX_VALUE : start + size,
              sectionStart + sectionSize);
      reached = Math.max(reached, end);
      symbols.add(symbol.name());
      owners.add(new Interval(start, end, i, symbols.size() - 1));
    }
    return owners;
  }

  private static boolean isOwner(ElfSymbol symbol, boolean isCode) {
    if (symbol.name().isEmpty() || symbol.isMapping()) {
      return false;
    }
    return isCode
        ? symbol.isFunction() || symbol.type() == ElfSymbol.STT_NOTYPE
        : symbol.type() == ElfSymbol.STT_OBJECT || symbol.type() == ElfSymbol.STT_NOTYPE;
  }

  /// Stretches from a mapping symbol for data (`$d`) to the next for code.
  private List<Stroke> literals(List<ElfSymbol> here, long end) {
    List<ElfSymbol> marks =
        here.stream()
            .filter(ElfSymbol::isMapping)
            .sorted(Comparator.comparingLong(ElfSymbol::value))
            .toList();
    var literals = new ArrayList<Stroke>();
    for (int i = 0; i < marks.size(); i++) {
      ElfSymbol mark = marks.get(i);
      long stop = i + 1 < marks.size() ? marks.get(i + 1).value() : end;
      if (mark.name().startsWith("$d") && mark.value() < stop) {
        literals.add(new Stroke(mark.value(), stop, 0));
      }
    }
    return literals;
  }
}
