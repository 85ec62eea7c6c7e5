package dev.pollard.size;

import dev.pollard.object.elf.ElfFile;
import dev.pollard.object.wasm.WasmFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The bytes of code of each function in an emitted object: all of its section where it has one of
/// its own, with padding and what the code reads from beside it; else what its symbol says.
public final class FunctionSizes {
  private FunctionSizes() {}

  /// From the first symbol of each function to its bytes; empty for what is neither ELF nor wasm.
  ///
  /// @throws IOException when the file cannot be read
  public static Map<String, Long> of(Path object) throws IOException {
    if (!ElfFile.isElf(object)) {
      return ofWasm(MemorySegment.ofArray(Files.readAllBytes(object)), object.toString());
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

  private static Map<String, Long> ofWasm(MemorySegment bytes, String name) throws IOException {
    Map<String, Long> sizes = new HashMap<>();
    if (WasmFile.isWasm(bytes)) {
      for (WasmFile.Function function : WasmFile.parse(name, bytes).functions()) {
        sizes.put(function.name(), function.size());
      }
    }
    return sizes;
  }
}
