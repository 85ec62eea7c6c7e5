package dev.pollard.object.elf;

import java.lang.foreign.MemorySegment;

/// One section of an ELF file.
///
/// @param index its place in the section header table
/// @param type an `SHT_` value
/// @param flags `SHF_` bits
/// @param address where it lies in memory, 0 in a relocatable file
/// @param offset where its bytes start in the file
/// @param size bytes in memory; a `NOBITS` section has none in the file
/// @param link another section's index, by type
/// @param info extra, by type
/// @param alignment bytes, 0 and 1 both mean none
/// @param entrySize bytes of one entry of a table, or 0
/// @param contents its bytes in the file; empty for `NOBITS`
public record ElfSection(
    int index,
    String name,
    long type,
    long flags,
    long address,
    long offset,
    long size,
    long link,
    long info,
    long alignment,
    long entrySize,
    MemorySegment contents) {
  public static final long SHT_NULL = 0;
  public static final long SHT_PROGBITS = 1;
  public static final long SHT_SYMTAB = 2;
  public static final long SHT_STRTAB = 3;
  public static final long SHT_RELA = 4;
  public static final long SHT_NOTE = 7;
  public static final long SHT_NOBITS = 8;
  public static final long SHT_REL = 9;
  public static final long SHT_DYNSYM = 11;
  public static final long SHT_SYMTAB_SHNDX = 18;

  public static final long SHF_WRITE = 0x1;
  public static final long SHF_ALLOC = 0x2;
  public static final long SHF_EXECINSTR = 0x4;
  public static final long SHF_COMPRESSED = 0x800;

  /// Whether it takes part in the running program.
  public boolean isAllocated() {
    return (flags & SHF_ALLOC) != 0;
  }

  /// Whether the program may write to it.
  public boolean isWritable() {
    return (flags & SHF_WRITE) != 0;
  }

  /// Whether it holds machine code.
  public boolean isExecutable() {
    return (flags & SHF_EXECINSTR) != 0;
  }

  /// Whether it has no bytes in the file.
  public boolean isNoBits() {
    return type == SHT_NOBITS;
  }

  /// Whether the bytes in the file are compressed (`SHF_COMPRESSED`, or the older `.zdebug_`).
  public boolean isCompressed() {
    return (flags & SHF_COMPRESSED) != 0 || name.startsWith(".zdebug_");
  }

  /// Whether `where` lies inside, at run time.
  public boolean contains(long where) {
    return Long.compareUnsigned(where, address) >= 0
        && Long.compareUnsigned(where - address, size) < 0;
  }
}
