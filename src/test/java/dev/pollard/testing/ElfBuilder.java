package dev.pollard.testing;

import dev.pollard.object.MalformedObjectException;
import dev.pollard.object.elf.ElfFile;
import dev.pollard.object.elf.ElfSection;
import dev.pollard.object.elf.ElfSymbol;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Writes small ELF files, so that tests of readers and checks need no tool.
public final class ElfBuilder {
  private final boolean is64;
  private final ByteOrder order;
  private int type = ElfFile.ET_EXEC;
  private int machine = ElfFile.EM_ARM;
  private long entry;
  private final List<Section> sections = new ArrayList<>();
  private final List<Symbol> symbols = new ArrayList<>();
  private final List<Symbol> dynamic = new ArrayList<>();
  private final List<long[]> segments = new ArrayList<>();
  private final List<Relocation> relocations = new ArrayList<>();

  private record Section(
      String name, long type, long flags, long address, ByteBuffer body, long size, long align) {
    Section(String name, long type, long flags, long address, byte[] bytes, long size, long align) {
      this(name, type, flags, address, ByteBuffer.wrap(bytes), size, align);
    }
  }

  private record Symbol(String name, long value, long size, int info, String section) {}

  private record Relocation(String section, long offset, int type, String symbol, long addend) {}

  /// Starts a file of that class and byte order.
  public ElfBuilder(boolean is64, ByteOrder order) {
    this.is64 = is64;
    this.order = order;
  }

  /// A 32-bit little-endian ARM executable.
  public static ElfBuilder arm() {
    return new ElfBuilder(false, ByteOrder.LITTLE_ENDIAN);
  }

  public ElfBuilder type(int value) {
    type = value;
    return this;
  }

  public ElfBuilder machine(int value) {
    machine = value;
    return this;
  }

  public ElfBuilder entry(long value) {
    entry = value;
    return this;
  }

  /// Adds a section with bytes; `flags` are `SHF_` bits.
  public ElfBuilder section(String name, long flags, long address, byte[] bytes) {
    return section(name, ElfSection.SHT_PROGBITS, flags, address, bytes, bytes.length, 4);
  }

  /// Adds a section without bytes.
  public ElfBuilder noBits(String name, long address, long size) {
    long flags = ElfSection.SHF_ALLOC | ElfSection.SHF_WRITE;
    return section(name, ElfSection.SHT_NOBITS, flags, address, new byte[0], size, 4);
  }

  public ElfBuilder section(
      String name, long kind, long flags, long address, byte[] bytes, long size, long align) {
    sections.add(new Section(name, kind, flags, address, bytes, size, align));
    return this;
  }

  /// Takes a section out again.
  public ElfBuilder without(String name) {
    sections.removeIf(s -> s.name.equals(name));
    symbols.removeIf(s -> s.section.equals(name));
    return this;
  }

  /// Takes a symbol out again.
  public ElfBuilder withoutSymbol(String name) {
    symbols.removeIf(s -> s.name.equals(name));
    return this;
  }

  public ElfBuilder function(String name, String section, long value, long size) {
    return symbol(name, section, value, size, ElfSymbol.STB_GLOBAL, ElfSymbol.STT_FUNC);
  }

  /// Adds a symbol; the section is a section's name, `*ABS*` or `*UND*`.
  public ElfBuilder symbol(
      String name, String section, long value, long size, int binding, int kind) {
    symbols.add(new Symbol(name, value, size, binding << 4 | kind, section));
    return this;
  }

  /// Adds a global function to `.dynsym`; the section is as for [#symbol].
  public ElfBuilder dynamic(String name, String section, long value) {
    dynamic.add(
        new Symbol(name, value, 0, ElfSymbol.STB_GLOBAL << 4 | ElfSymbol.STT_FUNC, section));
    return this;
  }

  /// Adds a `PT_LOAD` segment.
  public ElfBuilder load(long flags, long virtual, long physical, long fileSize, long memorySize) {
    segments.add(new long[] {1, flags, virtual, physical, fileSize, memorySize});
    return this;
  }

  /// Takes all segments out again.
  public ElfBuilder withoutSegments() {
    segments.clear();
    return this;
  }

  public ElfBuilder relocation(String section, long offset, int kind, String symbol, long addend) {
    relocations.add(new Relocation(section, offset, kind, symbol, addend));
    return this;
  }

  /// Writes the file and reads it back.
  public ElfFile read() {
    try {
      return ElfFile.parse("test.elf", MemorySegment.ofArray(bytes()));
    } catch (MalformedObjectException e) {
      throw new AssertionError(e);
    }
  }

  /// Writes the file.
  public byte[] bytes() {
    var names = new Strings();
    var symbolNames = new Strings();
    var all = new ArrayList<Section>(sections);
    byte[] table = symbolTable(symbols, symbolNames);
    var relocated = relocations.stream().map(Relocation::section).distinct().toList();
    for (String section : relocated) {
      all.add(new Section(".rela" + section, ElfSection.SHT_RELA, 0, 0, rela(section), -1, 4));
    }
    if (!dynamic.isEmpty()) {
      var dynamicNames = new Strings();
      byte[] dynamicTable = symbolTable(dynamic, dynamicNames);
      long flags = ElfSection.SHF_ALLOC;
      all.add(new Section(".dynsym", ElfSection.SHT_DYNSYM, flags, 0, dynamicTable, -1, 4));
      all.add(new Section(".dynstr", ElfSection.SHT_STRTAB, flags, 0, dynamicNames.bytes(), -1, 1));
    }
    int symbolIndex = all.size() + 1;
    all.add(new Section(".symtab", ElfSection.SHT_SYMTAB, 0, 0, table, -1, 4));
    all.add(new Section(".strtab", ElfSection.SHT_STRTAB, 0, 0, symbolNames.bytes(), -1, 1));
    all.forEach(s -> names.add(s.name));
    names.add(".shstrtab");
    all.add(new Section(".shstrtab", ElfSection.SHT_STRTAB, 0, 0, names.bytes(), -1, 1));

    int headerSize = is64 ? 64 : 52;
    int segmentSize = is64 ? 56 : 32;
    int sectionSize = is64 ? 64 : 40;
    int bodies = headerSize + segments.size() * segmentSize;
    int total = bodies;
    for (Section s : all) {
      total += s.body.capacity();
    }
    int sectionTable = total;
    ByteBuffer out = ByteBuffer.allocate(total + (all.size() + 1) * sectionSize).order(order);
    out.put(new byte[] {0x7f, 'E', 'L', 'F', (byte) (is64 ? 2 : 1)});
    out.put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 1 : 2)).put((byte) 1).position(16);
    out.putShort((short) type).putShort((short) machine).putInt(1);
    word(out, entry);
    word(out, segments.isEmpty() ? 0 : headerSize);
    word(out, sectionTable);
    out.putInt(0).putShort((short) headerSize).putShort((short) segmentSize);
    out.putShort((short) segments.size()).putShort((short) sectionSize);
    out.putShort((short) (all.size() + 1)).putShort((short) all.size());
    for (long[] s : segments) {
      segment(out, s);
    }
    all.forEach(s -> out.put(s.body.duplicate()));
    out.put(new byte[sectionSize]);
    int offset = bodies;
    for (Section s : all) {
      out.putInt(names.add(s.name)).putInt((int) s.type);
      word(out, s.flags);
      word(out, s.address);
      word(out, offset);
      word(out, s.size < 0 ? s.body.capacity() : s.size);
      boolean rela = s.type == ElfSection.SHT_RELA;
      boolean symtab = s.type == ElfSection.SHT_SYMTAB || s.type == ElfSection.SHT_DYNSYM;
      // A table of symbols stands before its names.
      out.putInt(rela ? symbolIndex : symtab ? all.indexOf(s) + 2 : 0);
      out.putInt(rela ? indexOf(s.name.substring(5)) : 0);
      word(out, s.align);
      word(out, rela ? (is64 ? 24 : 12) : symtab ? (is64 ? 24 : 16) : 0);
      offset += s.body.capacity();
    }
    return out.array();
  }

  private void segment(ByteBuffer out, long[] s) {
    out.putInt((int) s[0]);
    if (is64) {
      out.putInt((int) s[1]);
    }
    for (long field : new long[] {0, s[2], s[3], s[4], s[5]}) {
      word(out, field);
    }
    if (!is64) {
      out.putInt((int) s[1]);
    }
    word(out, 4);
  }

  private int indexOf(String section) {
    for (int i = 0; i < sections.size(); i++) {
      if (sections.get(i).name.equals(section)) {
        return i + 1;
      }
    }
    return switch (section) {
      case "*ABS*" -> ElfSymbol.ABSOLUTE;
      case "*UND*" -> 0;
      default -> throw new IllegalArgumentException("no section " + section);
    };
  }

  private byte[] symbolTable(List<Symbol> list, Strings names) {
    int size = is64 ? 24 : 16;
    ByteBuffer out = ByteBuffer.allocate((list.size() + 1) * size).order(order);
    out.position(size);
    for (Symbol s : list) {
      out.putInt(names.add(s.name));
      if (!is64) {
        out.putInt((int) s.value).putInt((int) s.size);
      }
      out.put((byte) s.info).put((byte) 0).putShort((short) indexOf(s.section));
      if (is64) {
        out.putLong(s.value).putLong(s.size);
      }
    }
    return out.array();
  }

  private byte[] rela(String section) {
    var list = relocations.stream().filter(r -> r.section.equals(section)).toList();
    ByteBuffer out = ByteBuffer.allocate(list.size() * (is64 ? 24 : 12)).order(order);
    for (Relocation r : list) {
      int symbol = 1;
      while (!symbols.get(symbol - 1).name.equals(r.symbol)) {
        symbol++;
      }
      word(out, r.offset);
      word(out, is64 ? (long) symbol << 32 | r.type : (long) symbol << 8 | r.type);
      word(out, r.addend);
    }
    return out.array();
  }

  private void word(ByteBuffer out, long value) {
    if (is64) {
      out.putLong(value);
    } else {
      out.putInt((int) value);
    }
  }

  private static final class Strings {
    private final List<String> texts = new ArrayList<>(List.of(""));

    int add(String text) {
      int at = 0;
      for (String t : texts) {
        if (t.equals(text)) {
          return at;
        }
        at += t.getBytes(StandardCharsets.UTF_8).length + 1;
      }
      texts.add(text);
      return at;
    }

    byte[] bytes() {
      var out = new ByteArrayOutputStream();
      for (String t : texts) {
        out.writeBytes(t.getBytes(StandardCharsets.UTF_8));
        out.write(0);
      }
      return out.toByteArray();
    }
  }
}
