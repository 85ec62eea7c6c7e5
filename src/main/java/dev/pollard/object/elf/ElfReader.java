package dev.pollard.object.elf;

import dev.pollard.object.Cursor;
import dev.pollard.object.MalformedObjectException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads one ELF file, once. Source: the System V ABI, chapters 4 and 5 (gabi), and its extension
/// for more than 65,280 sections.
final class ElfReader {
  private static final int SHN_XINDEX = 0xffff;
  private static final int SHN_LORESERVE = 0xff00;

  private final String name;
  private final MemorySegment bytes;
  private boolean is64;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

  ElfReader(String name, MemorySegment bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  ElfFile read() throws MalformedObjectException {
    if (bytes.byteSize() < 16 || !ElfFile.isElf(bytes)) {
      throw new MalformedObjectException(name, 0, "not an ELF file");
    }
    is64 = identification(4, 1, 2, "class") == 2;
    order =
        identification(5, 1, 2, "byte order") == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;

    Cursor header = all().seek(16);
    int type = header.u16();
    int machine = header.u16();
    header.skip(4);
    long entry = header.word(is64);
    long segmentTable = offset(header);
    long sectionTable = offset(header);
    long flags = header.u32();
    header.skip(2);
    int segmentEntry = header.u16();
    long segmentCount = header.u16();
    int sectionEntry = header.u16();
    long sectionCount = header.u16();
    long namesIndex = header.u16();

    if (sectionTable != 0 && (sectionCount == 0 || namesIndex == SHN_XINDEX)) {
      RawSection first = rawSection(all().seek(sectionTable));
      sectionCount = sectionCount == 0 ? first.size : sectionCount;
      namesIndex = namesIndex == SHN_XINDEX ? first.link : namesIndex;
    }
    List<ElfSection> sections =
        sectionTable == 0
            ? List.of()
            : sections(sectionTable, sectionCount, sectionEntry, namesIndex);
    List<ElfSegment> segments =
        segmentTable == 0 ? List.of() : segments(segmentTable, segmentCount, segmentEntry);
    return new ElfFile(
        name,
        bytes,
        is64,
        order,
        type,
        machine,
        flags,
        entry,
        sections,
        segments,
        symbols(sections, ElfSection.SHT_SYMTAB),
        symbols(sections, ElfSection.SHT_DYNSYM),
        relocations(sections));
  }

  private int identification(long at, int low, int high, String what)
      throws MalformedObjectException {
    int value = bytes.get(ValueLayout.JAVA_BYTE, at);
    if (value < low || value > high) {
      throw new MalformedObjectException(name, at, "unknown %s %d".formatted(what, value));
    }
    return value;
  }

  private Cursor all() {
    return new Cursor(name, bytes, 0, order);
  }

  private long offset(Cursor cursor) throws MalformedObjectException {
    return is64 ? cursor.u63() : cursor.u32();
  }

  private record RawSection(
      long nameOffset,
      long type,
      long flags,
      long address,
      long offset,
      long size,
      long link,
      long info,
      long alignment,
      long entrySize) {}

  private RawSection rawSection(Cursor c) throws MalformedObjectException {
    return new RawSection(
        c.u32(),
        c.u32(),
        c.word(is64),
        c.word(is64),
        offset(c),
        offset(c),
        c.u32(),
        c.u32(),
        c.word(is64),
        offset(c));
  }

  private List<ElfSection> sections(long table, long count, int entry, long namesIndex)
      throws MalformedObjectException {
    checkTable("section header", table, count, entry, is64 ? 64 : 40);
    var raw = new ArrayList<RawSection>();
    for (long i = 0; i < count; i++) {
      raw.add(rawSection(all().seek(table + i * entry)));
    }
    MemorySegment names = MemorySegment.NULL;
    if (namesIndex != 0) {
      if (namesIndex >= count) {
        throw new MalformedObjectException(
            name, table, "section names in section %d of %d".formatted(namesIndex, count));
      }
      RawSection r = raw.get((int) namesIndex);
      names = contents(r, table + namesIndex * entry);
    }
    var sections = new ArrayList<ElfSection>();
    for (int i = 0; i < raw.size(); i++) {
      RawSection r = raw.get(i);
      long header = table + (long) i * entry;
      sections.add(
          new ElfSection(
              i,
              namesIndex == 0 ? "" : text(names, r.nameOffset, header),
              r.type,
              r.flags,
              r.address,
              r.offset,
              r.size,
              r.link,
              r.info,
              r.alignment,
              r.entrySize,
              contents(r, header)));
    }
    return sections;
  }

  private MemorySegment contents(RawSection r, long header) throws MalformedObjectException {
    if (r.type == ElfSection.SHT_NOBITS || r.type == ElfSection.SHT_NULL || r.size == 0) {
      return bytes.asSlice(0, 0);
    }
    if (r.offset > bytes.byteSize() || r.size > bytes.byteSize() - r.offset) {
      throw new MalformedObjectException(
          name,
          header,
          "a section of %d bytes at 0x%x reaches past the end of the file"
              .formatted(r.size, r.offset));
    }
    return bytes.asSlice(r.offset, r.size);
  }

  private void checkTable(String what, long table, long count, int entry, int least)
      throws MalformedObjectException {
    if (count == 0) {
      return;
    }
    if (entry < least) {
      throw new MalformedObjectException(
          name, table, "%s entries of %d bytes, at least %d wanted".formatted(what, entry, least));
    }
    if (table > bytes.byteSize() || count > (bytes.byteSize() - table) / entry) {
      throw new MalformedObjectException(
          name, table, "%s table of %d entries reaches past the end".formatted(what, count));
    }
  }

  private List<ElfSegment> segments(long table, long count, int entry)
      throws MalformedObjectException {
    checkTable("program header", table, count, entry, is64 ? 56 : 32);
    var segments = new ArrayList<ElfSegment>();
    for (long i = 0; i < count; i++) {
      Cursor c = all().seek(table + i * entry);
      long type = c.u32();
      long flags = is64 ? c.u32() : 0;
      long offset = offset(c);
      long virtual = c.word(is64);
      long physical = c.word(is64);
      long fileSize = offset(c);
      long memorySize = offset(c);
      flags = is64 ? flags : c.u32();
      long alignment = c.word(is64);
      segments.add(
          new ElfSegment(type, flags, offset, virtual, physical, fileSize, memorySize, alignment));
    }
    return segments;
  }

  private List<ElfSymbol> symbols(List<ElfSection> sections, long type)
      throws MalformedObjectException {
    var symbols = new ArrayList<ElfSymbol>();
    for (ElfSection table : sections) {
      if (table.type() == type) {
        symbols(sections, table, symbols);
        break; // the ABI allows one table of each kind
      }
    }
    return symbols;
  }

  private void symbols(List<ElfSection> sections, ElfSection table, List<ElfSymbol> out)
      throws MalformedObjectException {
    MemorySegment names = linked(sections, table).contents();
    int least = is64 ? 24 : 16;
    checkEntries(table, least);
    ElfSection extended = null;
    for (ElfSection s : sections) {
      if (s.type() == ElfSection.SHT_SYMTAB_SHNDX && s.link() == table.index()) {
        extended = s;
      }
    }
    Cursor c = new Cursor(name, table.contents(), table.offset(), order);
    long count = table.contents().byteSize() / table.entrySize();
    for (int i = 0; i < count; i++) {
      c.seek(i * table.entrySize());
      long at = c.fileOffset();
      long nameOffset = c.u32();
      long value = is64 ? 0 : c.u32();
      long size = is64 ? 0 : c.u32();
      int info = c.u8();
      int other = c.u8();
      int section = c.u16();
      if (is64) {
        value = c.i64();
        size = c.i64();
      }
      if (section == SHN_XINDEX && extended != null) {
        Cursor x = new Cursor(name, extended.contents(), extended.offset(), order);
        section = x.seek(i * 4L).i32();
      }
      boolean reserved = section >= SHN_LORESERVE && section <= SHN_XINDEX;
      boolean there = reserved || (section >= 0 && section < sections.size());
      if (!there && table.type() == ElfSection.SHT_DYNSYM) {
        // Tools that take sections out of a linked file leave their symbols here; loaders do not
        // mind, and nothing of it is in the file.
        section = ElfSymbol.UNDEFINED;
      } else if (!there) {
        throw new MalformedObjectException(
            name, at, "symbol in section %d of %d".formatted(section, sections.size()));
      }
      out.add(
          new ElfSymbol(
              i,
              text(names, nameOffset, at),
              value,
              size,
              info >> 4,
              info & 15,
              other & 3,
              section));
    }
  }

  private List<ElfRelocation> relocations(List<ElfSection> sections)
      throws MalformedObjectException {
    var relocations = new ArrayList<ElfRelocation>();
    for (ElfSection table : sections) {
      boolean addends = table.type() == ElfSection.SHT_RELA;
      if (!addends && table.type() != ElfSection.SHT_REL) {
        continue;
      }
      checkEntries(table, (is64 ? 16 : 8) + (addends ? (is64 ? 8 : 4) : 0));
      if (table.info() >= sections.size()) {
        throw new MalformedObjectException(
            name, table.offset(), "relocations of section %d".formatted(table.info()));
      }
      Cursor c = new Cursor(name, table.contents(), table.offset(), order);
      long count = table.contents().byteSize() / table.entrySize();
      for (long i = 0; i < count; i++) {
        c.seek(i * table.entrySize());
        long offset = c.word(is64);
        long info = c.word(is64);
        long addend = addends ? (is64 ? c.i64() : c.i32()) : 0;
        int type = (int) (is64 ? info & 0xffff_ffffL : info & 0xff);
        int symbol = (int) (is64 ? info >>> 32 : info >>> 8);
        relocations.add(
            new ElfRelocation(
                (int) table.info(), offset, type, symbol, (int) table.link(), addend));
      }
    }
    return relocations;
  }

  private void checkEntries(ElfSection table, int least) throws MalformedObjectException {
    if (table.entrySize() < least) {
      throw new MalformedObjectException(
          name,
          table.offset(),
          "section %s has entries of %d bytes, at least %d wanted"
              .formatted(table.name(), table.entrySize(), least));
    }
  }

  private ElfSection linked(List<ElfSection> sections, ElfSection table)
      throws MalformedObjectException {
    if (table.link() >= sections.size()) {
      throw new MalformedObjectException(
          name, table.offset(), "section %s links to none".formatted(table.name()));
    }
    return sections.get((int) table.link());
  }

  private String text(MemorySegment table, long at, long user) throws MalformedObjectException {
    if (at == 0 && table.byteSize() == 0) {
      return "";
    }
    if (at >= table.byteSize()) {
      throw new MalformedObjectException(
          name, user, "a name at %d in a table of %d bytes".formatted(at, table.byteSize()));
    }
    long end = at;
    while (end < table.byteSize() && table.get(ValueLayout.JAVA_BYTE, end) != 0) {
      end++;
    }
    if (end == table.byteSize()) {
      throw new MalformedObjectException(name, user, "a name without its closing zero byte");
    }
    byte[] text = table.asSlice(at, end - at).toArray(ValueLayout.JAVA_BYTE);
    return new String(text, StandardCharsets.UTF_8);
  }
}
