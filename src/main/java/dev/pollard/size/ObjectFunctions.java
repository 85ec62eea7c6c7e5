package dev.pollard.size;

import dev.pollard.object.elf.ElfFile;
import dev.pollard.object.elf.ElfRelocation;
import dev.pollard.object.elf.ElfSection;
import dev.pollard.object.elf.ElfSymbol;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The functions of a relocatable ELF file by the place of their code: symbols of one place
/// (aliases) are one function.
final class ObjectFunctions {
  /// One function.
  ///
  /// @param index its place in [ObjectFunctions#all]
  /// @param names its symbols, global ones first, then by name
  /// @param section the index of its section
  /// @param offset where its code starts in that section
  /// @param size bytes of code, 0 when not known
  record Code(int index, List<String> names, int section, long offset, long size) {
    Code {
      names = List.copyOf(names);
    }

    String name() {
      return names.getFirst();
    }
  }

  private final ElfFile object;
  private final List<Code> all = new ArrayList<>();
  private final Map<Integer, TreeMap<Long, Code>> places = new HashMap<>();
  private final Map<String, Code> byName = new HashMap<>();

  ObjectFunctions(ElfFile object) {
    this.object = object;
    Map<Integer, TreeMap<Long, List<ElfSymbol>>> found = new TreeMap<>();
    for (ElfSymbol symbol : object.symbols()) {
      if (symbol.section() > 0
          && symbol.section() < object.sections().size()
          && isFunction(symbol)) {
        found
            .computeIfAbsent(symbol.section(), _ -> new TreeMap<>())
            .computeIfAbsent(object.codeAddress(symbol), _ -> new ArrayList<>())
            .add(symbol);
      }
    }
    found.forEach((section, symbols) ->
        symbols.forEach((offset, aliases) -> {
          List<String> names =
              aliases.stream()
                  .sorted(
                      Comparator.comparing((ElfSymbol s) -> !s.isGlobal())
                          .thenComparing(ElfSymbol::name))
                  .map(ElfSymbol::name)
                  .distinct()
                  .toList();
          long size = aliases.stream().mapToLong(ElfSymbol::size).max().orElse(0);
          Code code = new Code(all.size(), names, section, offset, size);
          all.add(code);
          places.computeIfAbsent(section, _ -> new TreeMap<>()).put(offset, code);
          names.forEach(n -> byName.putIfAbsent(n, code));
        }));
  }

  /// Hand-written assembly often leaves the type out: a named global in code counts too.
  private boolean isFunction(ElfSymbol symbol) {
    return symbol.isFunction()
        || (symbol.type() == ElfSymbol.STT_NOTYPE
            && symbol.isGlobal()
            && object.sections().get(symbol.section()).isExecutable());
  }

  List<Code> all() {
    return all;
  }

  Optional<Code> named(String symbol) {
    return Optional.ofNullable(byName.get(symbol));
  }

  /// The function that starts at a place.
  Optional<Code> startingAt(int section, long offset) {
    TreeMap<Long, Code> places = this.places.get(section);
    return places == null ? Optional.empty() : Optional.ofNullable(places.get(offset));
  }

  /// The functions of a section in order.
  Iterable<Code> in(int section) {
    TreeMap<Long, Code> places = this.places.get(section);
    return places == null ? List.of() : places.values();
  }

  /// The function whose code a place belongs to: bytes between two functions, such as a literal
  /// pool, belong to the first of them.
  Optional<Code> containing(int section, long offset) {
    TreeMap<Long, Code> places = this.places.get(section);
    return places == null
        ? Optional.empty()
        : Optional.ofNullable(places.floorEntry(offset)).map(Map.Entry::getValue);
  }

  /// What a relocation refers to: a symbol's name and a place, of which one may be missing.
  record Target(String name, int section, long offset) {
    boolean isDefined() {
      return section > 0;
    }
  }

  /// The symbol of a relocation, without its addend.
  Optional<ElfSymbol> symbol(ElfRelocation relocation) {
    ElfSection table =
        relocation.symbolTable() >= 0 && relocation.symbolTable() < object.sections().size()
            ? object.sections().get(relocation.symbolTable())
            : object.sections().getFirst();
    List<ElfSymbol> symbols =
        table.type() == ElfSection.SHT_DYNSYM ? object.dynamicSymbols() : object.symbols();
    return relocation.symbol() > 0 && relocation.symbol() < symbols.size()
        ? Optional.of(symbols.get(relocation.symbol()))
        : Optional.empty();
  }

  /// The place that a relocation with that addend refers to.
  Optional<Target> target(ElfRelocation relocation, long addend) {
    return symbol(relocation)
        .map(s ->
            s.section() > 0 && s.section() < object.sections().size()
                ? new Target(
                    s.name(),
                    s.section(),
                    s.isFunction() ? object.codeAddress(s) : s.value() + addend)
                : new Target(s.name(), 0, 0));
  }

  /// The addend of a relocation of a word of data: in the relocation, or in the bytes (`SHT_REL`).
  long wordAddend(ElfRelocation relocation) {
    boolean inBytes = object.machine() == ElfFile.EM_ARM || object.machine() == ElfFile.EM_386;
    if (!inBytes || relocation.section() <= 0) {
      return relocation.addend();
    }
    ElfSection section = object.sections().get(relocation.section());
    if (relocation.offset() < 0 || relocation.offset() > section.contents().byteSize() - 4) {
      return 0;
    }
    return relocation.addend()
        + section
            .contents()
            .get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(object.order()), relocation.offset());
  }
}
