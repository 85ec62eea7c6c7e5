package dev.pollard.size;

import dev.pollard.object.Cursor;
import dev.pollard.object.MalformedObjectException;
import dev.pollard.object.elf.ElfFile;
import dev.pollard.object.elf.ElfRelocation;
import dev.pollard.object.elf.ElfSection;
import dev.pollard.object.elf.ElfSymbol;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads `.stack_sizes`, which LLVM writes with `-stack-size-section`: for each function its
/// address and, as ULEB128, the bytes of its stack frame. The frame holds saved registers, spills
/// and locals; on x86 it does not hold the return address. Functions whose frame varies at run time
/// and hand-written assembly have no entry. Source: LLVM's CodeGenerator document, "Emitting
/// function stack size information".
public final class StackSizes {
  /// The name of the section.
  public static final String SECTION = ".stack_sizes";

  private StackSizes() {}

  /// From the symbol of each function to the bytes of its frame; every alias has an entry.
  public static SortedMap<String, Long> of(ElfFile file) throws MalformedObjectException {
    return file.isRelocatable() ? named(new ObjectFunctions(file), file) : linked(file);
  }

  private static SortedMap<String, Long> named(ObjectFunctions functions, ElfFile object)
      throws MalformedObjectException {
    var frames = new TreeMap<String, Long>();
    of(functions, object)
        .forEach((code, frame) -> code.names().forEach(name -> frames.put(name, frame)));
    return Collections.unmodifiableSortedMap(frames);
  }

  private static SortedMap<String, Long> linked(ElfFile file) throws MalformedObjectException {
    var byAddress = new HashMap<Long, Long>();
    for (ElfSection section : file.sections()) {
      if (section.name().equals(SECTION)) {
        Cursor c = cursor(file, section);
        while (c.remaining() > 0) {
          long address = c.word(file.is64());
          long clean = file.machine() == ElfFile.EM_ARM ? address & ~1L : address;
          byAddress.put(clean, c.uleb());
        }
      }
    }
    var frames = new TreeMap<String, Long>();
    for (ElfSymbol symbol : file.symbols()) {
      if (symbol.isFunction() && symbol.isDefined()) {
        Long frame = byAddress.get(file.codeAddress(symbol));
        if (frame != null) {
          frames.put(symbol.name(), frame);
        }
      }
    }
    return Collections.unmodifiableSortedMap(frames);
  }

  /// The frames of a relocatable file by function.
  static Map<ObjectFunctions.Code, Long> of(ObjectFunctions functions, ElfFile object)
      throws MalformedObjectException {
    var relocations = new HashMap<Integer, Map<Long, ElfRelocation>>();
    for (ElfRelocation r : object.relocations()) {
      if (r.section() > 0
          && r.section() < object.sections().size()
          && object.sections().get(r.section()).name().equals(SECTION)
          && r.type() != 0) {
        // RISC-V may write one address as a sum of two relocations; the first one names the symbol
        relocations.computeIfAbsent(r.section(), _ -> new HashMap<>()).putIfAbsent(r.offset(), r);
      }
    }
    var frames = new HashMap<ObjectFunctions.Code, Long>();
    for (ElfSection section : object.sections()) {
      if (!section.name().equals(SECTION)) {
        continue;
      }
      Map<Long, ElfRelocation> here = relocations.getOrDefault(section.index(), Map.of());
      Cursor c = cursor(object, section);
      while (c.remaining() > 0) {
        ElfRelocation relocation = here.get(c.position());
        if (relocation == null) {
          throw c.malformed("a stack size that no relocation gives a function");
        }
        c.word(object.is64());
        long frame = c.uleb();
        functions
            .target(relocation, functions.wordAddend(relocation))
            .filter(ObjectFunctions.Target::isDefined)
            .flatMap(t -> functions.startingAt(t.section(), t.offset()))
            .ifPresent(code -> frames.merge(code, frame, Math::max));
      }
    }
    return frames;
  }

  private static Cursor cursor(ElfFile file, ElfSection section) {
    return new Cursor(file.name(), section.contents(), section.offset(), file.order());
  }
}
