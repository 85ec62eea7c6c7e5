package dev.pollard.check;

import dev.pollard.object.elf.ElfFile;
import dev.pollard.object.wasm.WasmFile;
import dev.pollard.size.ArtifactSizes;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Compares a pruned artifact with the stock one: what others rely on must be there, and it must be
/// smaller.
public final class LinkCheck {
  /// Bytes by which the alignment of variables that LLVM puts together may make RAM larger; a
  /// RISC-V program's one merged variable took 8 more with a flag of one byte in it.
  private static final long ALIGNMENT = 16;

  private LinkCheck() {}

  /// What is wrong with `pruned`, as sentences for people; empty when nothing is.
  ///
  /// @param firmware whether RAM is as scarce as flash; hosted programs have relocated constants
  ///   among their data, which come and go with the code that uses them
  /// @param stackSaved bytes by which the deepest poll path is less deep than stock's: variables
  ///   may take as much more of firmware's RAM, up to what their alignment costs
  /// @throws IOException when a file cannot be read, or is no artifact
  public static List<String> complaints(Path stock, Path pruned, boolean firmware, long stackSaved)
      throws IOException {
    List<String> complaints = new ArrayList<>();
    MemorySegment start;
    try (var stream = Files.newInputStream(stock)) {
      start = MemorySegment.ofArray(stream.readNBytes(4));
    }
    if (ElfFile.isElf(start)) {
      try (Arena arena = Arena.ofConfined()) {
        complaints.addAll(
            new ElfCheck(ElfFile.map(stock, arena), ElfFile.map(pruned, arena)).complaints());
      }
    } else if (WasmFile.isWasm(start)) {
      complaints.addAll(WasmCheck.complaints(WasmFile.read(stock), WasmFile.read(pruned)));
    } else {
      complaints.add("the artifact is neither ELF nor WebAssembly, which cannot be checked");
      return complaints;
    }
    sizes(
        ArtifactSizes.uncompressed(stock),
        ArtifactSizes.uncompressed(pruned),
        firmware ? Math.clamp(stackSaved, 0, ALIGNMENT) : Long.MAX_VALUE,
        complaints);
    return complaints;
  }

  private static void sizes(
      ArtifactSizes stock, ArtifactSizes pruned, long moreRam, List<String> complaints) {
    if (pruned.flash() >= stock.flash()) {
      complaints.add(
          "the pruned artifact is not smaller (%d bytes against %d)"
              .formatted(pruned.flash(), stock.flash()));
    }
    if (pruned.ram() - stock.ram() > moreRam) {
      complaints.add(
          "the pruned artifact needs more RAM (%d bytes against %d)"
              .formatted(pruned.ram(), stock.ram()));
    }
  }
}
