package dev.pollard.check;

import dev.pollard.object.MalformedObjectException;
import dev.pollard.object.elf.ElfFile;
import dev.pollard.object.elf.ElfSection;
import dev.pollard.object.elf.ElfSymbol;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Compares the object that Pollard emitted with rustc's own, before the linker drops what nothing
/// refers to. Other objects, linker scripts, debuggers and probes find things by the names of
/// symbols and sections, so that these must be the same.
public final class ObjectCheck {
  /// Sections whose names the compiler chooses; any other name was written by somebody.
  private static final List<String> COMPILERS =
      List.of(
          ".text",
          ".rodata",
          ".data",
          ".bss",
          ".tdata",
          ".tbss",
          ".debug",
          ".zdebug",
          ".rel",
          ".ARM.",
          ".riscv.",
          ".eh_frame",
          ".gcc_except_table",
          ".note",
          ".comment",
          ".strtab",
          ".shstrtab",
          ".symtab",
          ".llvm",
          ".stack_sizes",
          ".group");

  /// Code generation's own symbols, which come and go with the code: a pointer to the function that
  /// unwinds is there as long as some function has a landing pad.
  private static final String CODE_GENERATIONS = "DW.ref.";

  private ObjectCheck() {}

  /// What is wrong with `pruned`, as sentences for people; empty when nothing is, or when it is not
  /// ELF, where the linked module's own exports tell.
  ///
  /// @throws IOException when a file cannot be read
  public static List<String> complaints(Path stock, Path pruned) throws IOException {
    if (!ElfFile.isElf(stock)) {
      return List.of();
    }
    try (Arena arena = Arena.ofConfined()) {
      return complaints(ElfFile.map(stock, arena), ElfFile.map(pruned, arena));
    }
  }

  private static List<String> complaints(ElfFile stock, ElfFile pruned)
      throws MalformedObjectException {
    List<String> complaints = new ArrayList<>();
    compare(definitions(stock), definitions(pruned), complaints);
    Map<String, Long> before = somebodys(stock);
    Map<String, Long> after = somebodys(pruned);
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      long was = before.getOrDefault(name, 0L);
      long is = after.getOrDefault(name, 0L);
      if (was != is) {
        complaints.add(
            "section `%s` has %d bytes of the pruned object and %d of rustc's"
                .formatted(name, is, was));
      }
    }
    Map<String, List<Integer>> contents = contents(pruned);
    contents(stock)
        .forEach((name, bytes) -> {
          if (Objects.equals(before.get(name), after.get(name))
              && contents.containsKey(name)
              && !bytes.equals(contents.get(name))) {
            complaints.add("section `%s` holds other bytes than rustc's object".formatted(name));
          }
        });
    return complaints;
  }

  /// How often each byte occurs in somebody's section, for those without addresses in them: the
  /// order of the constants is the compiler's to choose, their values are not.
  private static Map<String, List<Integer>> contents(ElfFile object) {
    Map<String, int[]> counts = new TreeMap<>();
    Set<String> relocated = new TreeSet<>();
    for (ElfSection section : object.sections()) {
      if (section.type() == ElfSection.SHT_REL || section.type() == ElfSection.SHT_RELA) {
        object.sections().stream()
            .filter(s -> s.index() == section.info())
            .forEach(s -> relocated.add(s.name()));
      }
      if (isSomebodys(section) && !section.isNoBits()) {
        int[] count = counts.computeIfAbsent(section.name(), _ -> new int[1 << Byte.SIZE]);
        for (byte b : section.contents().toArray(ValueLayout.JAVA_BYTE)) {
          count[Byte.toUnsignedInt(b)]++;
        }
      }
    }
    counts.keySet().removeAll(relocated);
    Map<String, List<Integer>> contents = new TreeMap<>();
    counts.forEach((name, count) -> contents.put(name, Arrays.stream(count).boxed().toList()));
    return contents;
  }

  private static boolean isSomebodys(ElfSection section) {
    return section.isAllocated()
        && !section.isWritable()
        && !section.isExecutable()
        && COMPILERS.stream().noneMatch(section.name()::startsWith);
  }

  private static void compare(
      Map<String, String> stock, Map<String, String> pruned, List<String> complaints) {
    stock.forEach((name, kind) -> {
      String now = pruned.get(name);
      if (now == null) {
        complaints.add("the pruned object does not define `" + name + "`");
      } else if (!now.equals(kind)) {
        complaints.add("the pruned object has `%s` as a %s for a %s".formatted(name, now, kind));
      }
    });
    for (String name : pruned.keySet()) {
      if (!stock.containsKey(name)) {
        complaints.add("the pruned object defines `" + name + "`, which rustc's does not");
      }
    }
  }

  /// What other objects can refer to, each with its kind.
  private static Map<String, String> definitions(ElfFile object) {
    Map<String, String> definitions = new TreeMap<>();
    for (ElfSymbol symbol : object.symbols()) {
      if (symbol.isDefined() && symbol.isGlobal() && !symbol.name().startsWith(CODE_GENERATIONS)) {
        definitions.put(
            symbol.name(),
            (symbol.binding() == ElfSymbol.STB_WEAK ? "weak " : "")
                + (symbol.visibility() == ElfSymbol.STV_DEFAULT ? "" : "hidden ")
                + (symbol.isFunction() ? "function" : "variable"));
      }
    }
    return definitions;
  }

  /// The bytes of constants in the sections that somebody named. Code there may shrink, and
  /// variables may go with who used them.
  private static Map<String, Long> somebodys(ElfFile object) {
    Map<String, Long> sizes = new TreeMap<>();
    for (ElfSection section : object.sections()) {
      if (isSomebodys(section)) {
        sizes.merge(section.name(), section.size(), Long::sum);
      }
    }
    return sizes;
  }
}
