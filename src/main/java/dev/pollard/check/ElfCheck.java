package dev.pollard.check;

import dev.pollard.object.elf.ElfFile;
import dev.pollard.object.elf.ElfSection;
import dev.pollard.object.elf.ElfSegment;
import dev.pollard.object.elf.ElfSymbol;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The checks of a linked ELF file.
final class ElfCheck {
  /// Sections that come and go with the code that is described or merged: unwind tables, literal
  /// pools, exception tables, the linker's thunks and relocations.
  private static final Set<String> FOLLOWS_CODE =
      Set.of(
          ".ARM.exidx",
          ".ARM.extab",
          ".eh_frame",
          ".eh_frame_hdr",
          ".gcc_except_table",
          ".iplt",
          ".got",
          ".got.plt",
          ".plt",
          ".plt.got",
          ".rel.dyn",
          ".rela.dyn",
          ".rela.plt",
          ".relr.dyn",
          ".rela.iplt",
          ".data.rel.ro",
          ".text.unlikely",
          ".rodata.cst4",
          ".rodata.cst8",
          ".rodata.cst16");

  /// Bytes between two sections of one region, at most: more than alignment explains.
  private static final long GAP = 0x10000;

  /// What holds variables and nothing else.
  private static final Set<String> VARIABLES = Set.of(".bss", ".data", ".tbss", ".tdata");

  private final ElfFile stock;
  private final ElfFile pruned;
  private final List<String> complaints = new ArrayList<>();

  ElfCheck(ElfFile stock, ElfFile pruned) {
    this.stock = stock;
    this.pruned = pruned;
  }

  List<String> complaints() {
    header();
    sections();
    fixedAddresses();
    symbols();
    segments();
    return complaints;
  }

  private void header() {
    if (stock.is64() != pruned.is64()
        || stock.order() != pruned.order()
        || stock.type() != pruned.type()
        || stock.machine() != pruned.machine()
        || stock.flags() != pruned.flags()) {
      complaints.add("the pruned artifact is of another kind (class, type, machine or flags)");
    }
    Optional<String> entry = symbolAt(stock, stock.entry());
    if (entry.isPresent() && !entry.equals(symbolAt(pruned, pruned.entry()))) {
      complaints.add("the pruned artifact starts at another symbol than `" + entry.get() + "`");
    }
    if ((stock.entry() == 0) != (pruned.entry() == 0) || isCode(stock) != isCode(pruned)) {
      complaints.add("the pruned artifact starts elsewhere");
    }
  }

  /// Does the program start in a section of code?
  private static boolean isCode(ElfFile elf) {
    return elf.sections().stream()
        .anyMatch(s -> s.isAllocated() && s.isExecutable() && s.contains(elf.entry()));
  }

  private void sections() {
    Set<String> there = new HashSet<>();
    pruned.sections().forEach(s -> there.add(s.name()));
    for (ElfSection section : stock.sections()) {
      String name = section.name();
      if (!there.contains(name) && section.size() > 0 && mustStay(section)) {
        complaints.add("section `" + name + "` is missing from the pruned artifact");
      }
    }
    Set<String> before = new HashSet<>();
    stock.sections().forEach(s -> before.add(s.name()));
    for (ElfSection section : pruned.sections()) {
      if (section.isAllocated()
          && section.size() > 0
          && !before.contains(section.name())
          && !FOLLOWS_CODE.contains(section.name())) {
        complaints.add("section `" + section.name() + "` is new in the pruned artifact");
      }
    }
  }

  /// Debug info and what follows code may go with the code; all else is somebody's.
  private static boolean mustStay(ElfSection section) {
    String name = section.name();
    if (FOLLOWS_CODE.contains(name) || name.startsWith(".debug_") || name.startsWith(".zdebug_")) {
      return false;
    }
    // A program may end without variables, a thread's too, but a link without code is none.
    return !VARIABLES.contains(name);
  }

  /// A section that does not follow another one has its address from the linker script.
  private void fixedAddresses() {
    for (ElfSection section : stock.sections()) {
      if (!section.isAllocated() || section.size() == 0 || stock.type() != ElfFile.ET_EXEC) {
        continue;
      }
      Optional<ElfSection> other = pruned.section(section.name());
      if (other.isPresent()
          && isFirstOfItsRegion(section)
          && other.get().address() != section.address()) {
        complaints.add(
            "section `%s` moved from 0x%x to 0x%x"
                .formatted(section.name(), section.address(), other.get().address()));
      }
      if (other.isPresent() && isTable(section.name()) && other.get().size() != section.size()) {
        complaints.add("section `" + section.name() + "` has another size");
      } else if (other.isPresent() && isVectors(section)) {
        vectors(section, other.get());
      }
    }
  }

  private static boolean isVectors(ElfSection section) {
    return isTable(section.name())
        && !section.name().equals(".defmt")
        && !section.isNoBits()
        && !section.isExecutable();
  }

  /// The words of an ARM vector table: where stock has the address of a handler that has a name,
  /// pruned has the address of the same one; where stock has nothing, nothing.
  private void vectors(ElfSection before, ElfSection after) {
    if (stock.machine() != ElfFile.EM_ARM) {
      return;
    }
    Map<Long, Set<String>> was = handlers(stock);
    Map<Long, Set<String>> is = handlers(pruned);
    ValueLayout.OfInt layout = ValueLayout.JAVA_INT_UNALIGNED.withOrder(stock.order());
    for (long at = 0; at + Integer.BYTES <= before.size(); at += Integer.BYTES) {
      int old = before.contents().get(layout, at);
      int now = after.contents().get(layout, at);
      Set<String> wanted = was.getOrDefault(address(old), Set.of());
      Set<String> found = is.getOrDefault(address(now), Set.of());
      if ((old == 0) != (now == 0)
          || (!wanted.isEmpty() && wanted.stream().noneMatch(found::contains))) {
        complaints.add(
            "section `%s` has another handler at 0x%x than stock's %s"
                .formatted(
                    before.name(),
                    before.address() + at,
                    wanted.isEmpty()
                        ? "0x" + Integer.toHexString(old)
                        : String.join(", ", wanted)));
      }
    }
  }

  private static long address(int word) {
    return Integer.toUnsignedLong(word) & ~1L;
  }

  /// The names that other files see, by the address of their code.
  private static Map<Long, Set<String>> handlers(ElfFile elf) {
    return elf.symbols().stream()
        .filter(s -> s.isDefined() && s.isGlobal() && s.isFunction())
        .collect(
            Collectors.groupingBy(
                elf::codeAddress,
                Collectors.mapping(ElfSymbol::name, Collectors.toCollection(TreeSet::new))));
  }

  /// Nothing lies closely before it.
  private boolean isFirstOfItsRegion(ElfSection section) {
    return stock.sections().stream()
        .filter(s -> s.isAllocated() && s.size() > 0 && s.index() != section.index())
        .noneMatch(s -> {
          long gap = section.address() - (s.address() + s.size());
          return gap > -s.size() - 1 && gap < GAP && s.address() <= section.address();
        });
  }

  private static boolean isTable(String name) {
    return name.contains("vector") || name.contains("interrupt") || name.equals(".defmt");
  }

  private void symbols() {
    Set<String> exported = new TreeSet<>(exports(stock));
    exported.removeAll(exports(pruned));
    for (String name : exported) {
      complaints.add("symbol `" + name + "` is missing from the pruned artifact");
    }
    Set<String> more = new TreeSet<>(exports(pruned));
    more.removeAll(exports(stock));
    for (String name : more) {
      complaints.add("the pruned artifact exports `" + name + "`, which stock does not");
    }
    Set<String> wanted = new TreeSet<>(imports(pruned));
    wanted.removeAll(imports(stock));
    for (String name : wanted) {
      complaints.add("the pruned artifact imports `" + name + "`, which stock does not");
    }
    if (stock.type() == ElfFile.ET_EXEC && stock.dynamicSymbols().isEmpty()) {
      Set<String> lost = new TreeSet<>(watched(stock));
      lost.removeAll(watched(pruned));
      lost.forEach(s -> complaints.add("symbol `" + s + "` is missing from the pruned artifact"));
    }
  }

  /// What probes, loaders and debuggers look for in a static program by its name: the linker
  /// script's values, and variables that somebody gave a name of their own. A function of that kind
  /// may go where the program alone called it: all of its calls may be inlined; and so may what is
  /// not loaded, such as the texts of defmt's log lines, which are named symbols in a section for
  /// the host: the lines that can no longer be reached take theirs along.
  private static Set<String> watched(ElfFile elf) {
    return elf.symbols().stream()
        .filter(ElfSymbol::isDefined)
        .filter(ElfSymbol::isGlobal)
        .filter(s ->
            s.section() == ElfSymbol.ABSOLUTE
                || (s.type() == ElfSymbol.STT_OBJECT
                    && s.visibility() == ElfSymbol.STV_DEFAULT
                    && isLoaded(elf, s)))
        .map(ElfSymbol::name)
        .collect(Collectors.toSet());
  }

  private static boolean isLoaded(ElfFile elf, ElfSymbol symbol) {
    return elf.sections().stream().anyMatch(s -> s.index() == symbol.section() && s.isAllocated());
  }

  private static Set<String> exports(ElfFile elf) {
    return elf.dynamicSymbols().stream()
        .filter(s -> s.isDefined() && s.isGlobal() && s.visibility() != ElfSymbol.STV_HIDDEN)
        .map(ElfSymbol::name)
        .collect(Collectors.toSet());
  }

  private static Set<String> imports(ElfFile elf) {
    return elf.dynamicSymbols().stream()
        .filter(s -> !s.isDefined() && !s.name().isEmpty())
        .map(ElfSymbol::name)
        .collect(Collectors.toSet());
  }

  /// What is loaded lies inside of what stock loads: no region is new, and none is longer.
  private void segments() {
    if (stock.type() != ElfFile.ET_EXEC) {
      return;
    }
    List<Range> ranges = Range.joined(loads(stock));
    for (Range range : loads(pruned)) {
      if (ranges.stream().noneMatch(r -> r.from() <= range.from() && range.to() <= r.to())) {
        complaints.add(
            "the pruned artifact loads 0x%x to 0x%x, where stock has nothing"
                .formatted(range.from(), range.to()));
      }
    }
  }

  private static List<Range> loads(ElfFile elf) {
    return elf.segments().stream()
        .filter(s -> s.type() == ElfSegment.PT_LOAD && s.memorySize() > 0)
        .map(s -> new Range(s.virtualAddress(), s.virtualAddress() + s.memorySize()))
        .sorted(Comparator.comparingLong(Range::from))
        .toList();
  }

  /// Addresses from one to before another.
  private record Range(long from, long to) {
    /// Sorted ranges as fewer: gaps that alignment explains are closed.
    static List<Range> joined(List<Range> sorted) {
      List<Range> joined = new ArrayList<>();
      for (Range range : sorted) {
        if (!joined.isEmpty() && range.from - joined.getLast().to < GAP) {
          Range last = joined.removeLast();
          joined.add(new Range(last.from, Math.max(last.to, range.to)));
        } else {
          joined.add(range);
        }
      }
      return joined;
    }
  }

  private static Optional<String> symbolAt(ElfFile elf, long address) {
    return elf.symbols().stream()
        .filter(s -> s.isGlobal() && s.isFunction() && (s.value() | 1) == (address | 1))
        .map(ElfSymbol::name)
        .sorted()
        .findFirst();
  }
}
