package dev.pollard.size;

import dev.pollard.object.MalformedObjectException;
import dev.pollard.object.elf.ElfFile;
import dev.pollard.object.elf.ElfSection;
import dev.pollard.object.wasm.WasmFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// What an artifact or an emitted object takes, in bytes.
///
/// For ELF the sections are counted as `llvm-size` counts them: `text + rodata` is its `text`, so
/// that `text + rodata + data` is always [#flash]. For a linked wasm module `flash` is the file's
/// size; for a wasm object it is code and data.
///
/// @param flash what must be stored
/// @param ram `data + bss` without a linker script's stack and heap regions
/// @param text machine code
/// @param rodata what is loaded and neither code nor written to
/// @param data initialised and written to
/// @param bss zeroed or left alone at start, stack and heap regions included
/// @param gzip the file after gzip at level 9; only for linked wasm
/// @param brotli the file after brotli at quality 11; only for linked wasm
/// @param sections every section that takes part in the counts, in file order
public record ArtifactSizes(
    long flash,
    long ram,
    long text,
    long rodata,
    long data,
    long bss,
    OptionalLong gzip,
    OptionalLong brotli,
    List<SectionSize> sections) {
  private static final Pattern RESERVED = Pattern.compile("(^|[._])(stack|heap|dummy)($|[._])");

  public ArtifactSizes {
    sections = List.copyOf(sections);
  }

  /// What a section counts as.
  public enum Kind {
    TEXT,
    RODATA,
    DATA,
    BSS,
    /// Memory that a linker script sets aside; part of `bss`, not of `ram`.
    RESERVED,
    /// In the file, not in the running program.
    OTHER
  }

  /// One section's part.
  public record SectionSize(String name, Kind kind, long address, long size) {}

  /// The sizes of a linked artifact or of an object, ELF or wasm, with the compressed sizes of a
  /// linked wasm module.
  public static ArtifactSizes of(Path file) throws IOException {
    return of(file, true);
  }

  /// The sizes as [#of(Path)] has them, but the compressed ones, which take a third of a second for
  /// a small wasm module.
  public static ArtifactSizes uncompressed(Path file) throws IOException {
    return of(file, false);
  }

  private static ArtifactSizes of(Path file, boolean compress) throws IOException {
    MemorySegment start;
    try (var stream = Files.newInputStream(file)) {
      start = MemorySegment.ofArray(stream.readNBytes(4));
    }
    if (ElfFile.isElf(start)) {
      try (var arena = java.lang.foreign.Arena.ofConfined()) {
        return of(ElfFile.map(file, arena));
      }
    }
    if (WasmFile.isWasm(start)) {
      return of(WasmFile.read(file), compress);
    }
    throw new MalformedObjectException(file.toString(), 0, "neither ELF nor WebAssembly");
  }

  /// The sizes of an ELF file.
  public static ArtifactSizes of(ElfFile elf) {
    var sections = new ArrayList<SectionSize>();
    for (ElfSection section : elf.sections()) {
      if (section.type() != ElfSection.SHT_NULL) {
        sections.add(
            new SectionSize(section.name(), kind(section), section.address(), section.size()));
      }
    }
    return sum(sections, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
  }

  /// The sizes of a wasm module; those of a linked one with its compressed sizes.
  public static ArtifactSizes of(WasmFile wasm) {
    return of(wasm, true);
  }

  /// The sizes of a wasm module; its compressed sizes only if they are asked for.
  public static ArtifactSizes of(WasmFile wasm, boolean compress) {
    var sections = new ArrayList<SectionSize>();
    for (WasmFile.Section section : wasm.sections()) {
      switch (section.id()) {
        case WasmFile.Section.CODE ->
            sections.add(
                new SectionSize(section.name(), Kind.TEXT, 0, section.contents().byteSize()));
        case WasmFile.Section.DATA -> dataSegments(wasm, section, sections);
        default ->
            sections.add(
                new SectionSize(section.name(), Kind.OTHER, 0, section.contents().byteSize()));
      }
    }
    if (wasm.relocatable()) {
      return sum(sections, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    }
    return sum(
        sections,
        OptionalLong.of(wasm.bytes().byteSize()),
        compress ? OptionalLong.of(Compression.gzip(wasm.bytes())) : OptionalLong.empty(),
        compress ? Compression.brotli(wasm.bytes()) : OptionalLong.empty());
  }

  /// The section of that name, or 0 bytes.
  public long sizeOf(String section) {
    return sections.stream()
        .filter(s -> s.name().equals(section))
        .mapToLong(SectionSize::size)
        .sum();
  }

  private static void dataSegments(
      WasmFile wasm, WasmFile.Section section, List<SectionSize> sections) {
    long counted = 0;
    for (WasmFile.DataSegment segment : wasm.dataSegments()) {
      String name = segment.name().isEmpty() ? "data" : segment.name();
      Kind kind = name.startsWith(".rodata") ? Kind.RODATA : Kind.DATA;
      sections.add(new SectionSize(name, kind, segment.address().orElse(0L), segment.size()));
      counted += segment.size();
    }
    sections.add(
        new SectionSize("data headers", Kind.RODATA, 0, section.contents().byteSize() - counted));
  }

  private static Kind kind(ElfSection s) {
    if (!s.isAllocated()) {
      return Kind.OTHER;
    }
    if (s.isNoBits()) {
      // What nobody may write and no file has is a gap: esp-hal's `.text_gap`, and its `.stack`.
      return s.isWritable() && !isReserved(s.name()) ? Kind.BSS : Kind.RESERVED;
    }
    if (s.isExecutable()) {
      return Kind.TEXT;
    }
    return s.isWritable() ? Kind.DATA : Kind.RODATA;
  }

  /// Whether linker scripts use this name for memory that is not the program's own data: `.stack`,
  /// `.heap` (riscv-rt), `.stack_dummy` (ld examples), `.rwdata_dummy` (esp-hal).
  private static boolean isReserved(String name) {
    return RESERVED.matcher(name.toLowerCase(Locale.ROOT)).find();
  }

  private static ArtifactSizes sum(
      List<SectionSize> sections, OptionalLong flash, OptionalLong gzip, OptionalLong brotli) {
    long text = sum(sections, Kind.TEXT);
    long rodata = sum(sections, Kind.RODATA);
    long data = sum(sections, Kind.DATA);
    long bss = sum(sections, Kind.BSS);
    return new ArtifactSizes(
        flash.orElse(text + rodata + data),
        data + bss,
        text,
        rodata,
        data,
        bss + sum(sections, Kind.RESERVED),
        gzip,
        brotli,
        sections);
  }

  private static long sum(List<SectionSize> sections, Kind kind) {
    return sections.stream().filter(s -> s.kind() == kind).mapToLong(SectionSize::size).sum();
  }
}
