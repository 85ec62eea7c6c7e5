package dev.pollard.size;

import dev.pollard.object.elf.ElfFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The bytes of code of each function in an emitted object: all of its section where it has one of
/// its own, with padding and what the code reads from beside it; else what its symbol says.
public final class FunctionSizes {
  private FunctionSizes() {}

  /// From the first symbol of each function to its bytes; empty for what is not ELF.
  ///
  /// @throws IOException when the file cannot be read
  public static Map<String, Long> of(Path object) throws IOException {
    if (!ElfFile.isElf(object)) {
      return Map.of();
    }
    try (Arena arena = Arena.ofConfined()) {
      ElfFile elf = ElfFile.map(object, arena);
      var functions = new ObjectFunctions(elf);
      Map<Integer, Integer> inSection = new HashMap<>();
      functions.all().forEach(code -> inSection.merge(code.section(), 1, Integer::sum));
      Map<String, Long> sizes = new HashMap<>();
      for (ObjectFunctions.Code code : functions.all()) {
        boolean alone = inSection.getOrDefault(code.section(), 0) == 1;
        sizes.put(code.name(), alone ? elf.sections().get(code.section()).size() : code.size());
      }
      return sizes;
    }
  }
}
