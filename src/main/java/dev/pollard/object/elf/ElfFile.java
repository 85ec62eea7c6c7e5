package dev.pollard.object.elf;

import dev.pollard.object.MalformedObjectException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/// An ELF file: 32 or 64 bits, either byte order, relocatable or linked.
///
/// @param name what messages call it
/// @param bytes the whole file
/// @param is64 whether it has 64-bit fields
/// @param type an `ET_` value
/// @param machine an `EM_` value
/// @param flags by machine
/// @param entry the address at which a program starts, 0 for none
/// @param symbols of `.symtab`; empty when stripped; the first one is the null symbol
/// @param dynamicSymbols of `.dynsym`
public record ElfFile(
    String name,
    MemorySegment bytes,
    boolean is64,
    ByteOrder order,
    int type,
    int machine,
    long flags,
    long entry,
    List<ElfSection> sections,
    List<ElfSegment> segments,
    List<ElfSymbol> symbols,
    List<ElfSymbol> dynamicSymbols,
    List<ElfRelocation> relocations) {
  public static final int ET_REL = 1;
  public static final int ET_EXEC = 2;
  public static final int ET_DYN = 3;

  public static final int EM_386 = 3;
  public static final int EM_PPC64 = 21;
  public static final int EM_ARM = 40;
  public static final int EM_X86_64 = 62;
  public static final int EM_AARCH64 = 183;
  public static final int EM_RISCV = 243;

  public ElfFile {
    sections = List.copyOf(sections);
    segments = List.copyOf(segments);
    symbols = List.copyOf(symbols);
    dynamicSymbols = List.copyOf(dynamicSymbols);
    relocations = List.copyOf(relocations);
  }

  /// Reads a file by copying it into memory that the garbage collector owns: the file may be
  /// replaced afterwards.
  public static ElfFile read(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ);
        var arena = Arena.ofConfined()) {
      MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      MemorySegment copy = Arena.ofAuto().allocate(Math.max(1, mapped.byteSize()));
      copy = copy.asSlice(0, mapped.byteSize()).copyFrom(mapped);
      return parse(file.toString(), copy.asReadOnly());
    }
  }

  /// Maps a file. The result is valid while `arena` lives and nobody cuts the file short.
  public static ElfFile map(Path file, Arena arena) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return parse(
          file.toString(), channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
    }
  }

  /// Reads `bytes`, which messages call `name`.
  public static ElfFile parse(String name, MemorySegment bytes) throws MalformedObjectException {
    return new ElfReader(name, bytes).read();
  }

  /// Whether `bytes` start like an ELF file.
  public static boolean isElf(MemorySegment bytes) {
    return bytes.byteSize() >= 4
        && bytes.get(
                java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), 0)
            == 0x7f454c46;
  }

  /// Whether a file starts like an ELF file.
  ///
  /// @throws IOException when it cannot be read
  public static boolean isElf(Path file) throws IOException {
    try (var stream = Files.newInputStream(file)) {
      return isElf(MemorySegment.ofArray(stream.readNBytes(4)));
    }
  }

  /// Whether it is an object file that a linker has still to take.
  public boolean isRelocatable() {
    return type == ET_REL;
  }

  /// The first section of that name.
  public Optional<ElfSection> section(String wanted) {
    return sections.stream().filter(s -> s.name().equals(wanted)).findFirst();
  }

  /// The first defined symbol of that name in `.symtab`.
  public Optional<ElfSymbol> symbol(String wanted) {
    return symbols.stream().filter(s -> s.isDefined() && s.name().equals(wanted)).findFirst();
  }

  /// The symbol's address without the bit that marks Thumb code.
  public long codeAddress(ElfSymbol symbol) {
    return machine == EM_ARM && symbol.isFunction() ? symbol.value() & ~1L : symbol.value();
  }
}
