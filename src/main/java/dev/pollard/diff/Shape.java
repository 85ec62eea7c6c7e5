package dev.pollard.diff;

import dev.pollard.object.MalformedObjectException;
import dev.pollard.object.elf.ElfFile;
import dev.pollard.object.elf.ElfSection;
import dev.pollard.object.elf.ElfSymbol;
import dev.pollard.object.wasm.WasmFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/// How often each pair of bytes occurs in code, by a hash of it. A function that was linked at
/// another address, or calls others there, differs in few of its pairs.
///
/// @param counts [#BINS] of them
public record Shape(List<Integer> counts) {
  private static final int BINS = 128;

  /// How many bytes are read for each byte of the file: symbols of a damaged one may overlap.
  private static final int MOST_READS = 4;

  public Shape {
    counts = List.copyOf(counts);
  }

  /// How much two have in common, from 0 for nothing to 1.
  double likeness(Shape other) {
    long common = 0;
    long most = 0;
    for (int i = 0; i < BINS; i++) {
      common += Math.min(counts.get(i), other.counts.get(i));
      most += Math.max(counts.get(i), other.counts.get(i));
    }
    return most == 0 ? 1 : common / (double) most;
  }

  /// The shapes of the functions of a file.
  ///
  /// @param name from a symbol to the name of its row; symbols of one name are added up
  /// @param wanted which rows
  static Map<String, Shape> of(
      String file, MemorySegment bytes, Function<String, String> name, Predicate<String> wanted)
      throws MalformedObjectException {
    var sums = new HashMap<String, int[]>();
    long[] left = {bytes.byteSize() * MOST_READS};
    if (ElfFile.isElf(bytes)) {
      ElfFile elf = ElfFile.parse(file, bytes);
      for (ElfSymbol symbol : elf.symbols()) {
        int index = symbol.section();
        if (!symbol.isDefined() || !symbol.isFunction() || index >= elf.sections().size()) {
          continue;
        }
        String row = name.apply(symbol.name());
        if (wanted.test(row)) {
          ElfSection section = elf.sections().get(index);
          long from = elf.codeAddress(symbol) - section.address();
          add(section.contents(), from, symbol.size(), row, sums, left);
        }
      }
    } else if (WasmFile.isWasm(bytes)) {
      for (WasmFile.Function f : WasmFile.parse(file, bytes).functions()) {
        String row = name.apply(f.name());
        if (wanted.test(row)) {
          add(f.code(), 0, f.code().byteSize(), row, sums, left);
        }
      }
    }
    var shapes = new HashMap<String, Shape>();
    sums.forEach((row, counts) -> {
      var list = new ArrayList<Integer>();
      for (int count : counts) {
        list.add(count);
      }
      shapes.put(row, new Shape(list));
    });
    return shapes;
  }

  private static void add(
      MemorySegment code, long from, long size, String row, Map<String, int[]> sums, long[] left) {
    if (from < 0 || size < 2 || size > code.byteSize() - from || size > left[0]) {
      return;
    }
    left[0] -= size;
    int[] counts = sums.computeIfAbsent(row, _ -> new int[BINS]);
    for (long i = from; i + 1 < from + size; i++) {
      int pair =
          (code.get(ValueLayout.JAVA_BYTE, i) & 0xff) << 8
              | (code.get(ValueLayout.JAVA_BYTE, i + 1) & 0xff);
      counts[(pair * 0x9E3779B1) >>> 25]++;
    }
  }
}
