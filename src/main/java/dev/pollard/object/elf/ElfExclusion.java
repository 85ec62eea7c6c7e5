package dev.pollard.object.elf;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Marks sections of an object so that linkers leave them out.
public final class ElfExclusion {
  /// "This section is excluded from executables and shared objects": generic ABI, section flags.
  private static final int SHF_EXCLUDE = 0x8000_0000;

  private static final int FLAGS = 8;

  private ElfExclusion() {}

  /// Sets `SHF_EXCLUDE` on every section of that name. The rest of the file stays as it is, and all
  /// of a file that is not ELF.
  ///
  /// @return how many there were
  /// @throws IOException when the file is malformed, or cannot be read or written
  public static int exclude(Path object, String section) throws IOException {
    byte[] bytes = Files.readAllBytes(object);
    if (!ElfFile.isElf(MemorySegment.ofArray(bytes))) {
      return 0;
    }
    ElfFile elf = ElfFile.parse(object.toString(), MemorySegment.ofArray(bytes));
    var buffer = ByteBuffer.wrap(bytes).order(elf.order());
    long table = elf.is64() ? buffer.getLong(0x28) : buffer.getInt(0x20) & 0xffff_ffffL;
    int entry = buffer.getShort(elf.is64() ? 0x3a : 0x2e) & 0xffff;
    List<ElfSection> sections = elf.sections();
    int count = 0;
    for (int i = 0; i < sections.size(); i++) {
      if (sections.get(i).name().equals(section)) {
        // In both classes the flags begin here, and the bit lies in their lower half.
        int at = (int) (table + (long) i * entry) + FLAGS;
        if (elf.is64()) {
          buffer.putLong(at, buffer.getLong(at) | (SHF_EXCLUDE & 0xffff_ffffL));
        } else {
          buffer.putInt(at, buffer.getInt(at) | SHF_EXCLUDE);
        }
        count++;
      }
    }
    if (count > 0) {
      Files.write(object, bytes);
    }
    return count;
  }
}
