package dev.pollard.dwarf;

import static dev.pollard.dwarf.Dwarf.*;

import dev.pollard.object.Cursor;
import dev.pollard.object.MalformedObjectException;
import java.util.Optional;

/// One unit of `.debug_info`: what its entries need to be understood.
public final class Unit {
  private final DebugInfo info;
  private final long offset;
  private final long entries;
  private final long end;
  private final int version;
  private final int addressSize;
  private final int offsetSize;
  private final Abbreviations abbreviations;
  private long stringOffsets;
  private long addresses;
  private long rangeLists;
  private long low;
  private long lines = -1;
  private String name = "";
  private String folder = "";
  private boolean split;

  Unit(
      DebugInfo info,
      long offset,
      long entries,
      long end,
      int version,
      int addressSize,
      int offsetSize,
      Abbreviations abbreviations) {
    this.info = info;
    this.offset = offset;
    this.entries = entries;
    this.end = end;
    this.version = version;
    this.addressSize = addressSize;
    this.offsetSize = offsetSize;
    this.abbreviations = abbreviations;
    // Where the tables of a unit begin that does not say it: behind one header.
    this.stringOffsets = version >= 5 ? (offsetSize == 8 ? 16 : 8) : 0;
    this.addresses = version >= 5 ? (offsetSize == 8 ? 16 : 8) : 0;
    this.rangeLists = offsetSize == 8 ? 20 : 12;
  }

  /// Reads what the first entry says of the whole unit.
  void readRoot() throws MalformedObjectException {
    Entries root = entries();
    if (!root.next()) {
      return;
    }
    stringOffsets = root.number(DW_AT_str_offsets_base, stringOffsets);
    addresses = root.number(DW_AT_addr_base, addresses);
    rangeLists = root.number(DW_AT_rnglists_base, rangeLists);
    lines = root.number(DW_AT_stmt_list, -1);
    low = root.address(DW_AT_low_pc).orElse(0L);
    name = root.text(DW_AT_name);
    folder = root.text(DW_AT_comp_dir);
    split = root.has(DW_AT_dwo_name) || root.has(DW_AT_GNU_dwo_name);
  }

  /// Where its header begins in `.debug_info`.
  public long offset() {
    return offset;
  }

  /// Where the next unit begins.
  public long end() {
    return end;
  }

  /// The version of DWARF, 2 to 5.
  public int version() {
    return version;
  }

  /// Bytes of an address: 2, 4 or 8.
  public int addressSize() {
    return addressSize;
  }

  int offsetSize() {
    return offsetSize;
  }

  /// The source file that it was compiled from; may be empty.
  public String name() {
    return name;
  }

  /// The folder that relative names are relative to; may be empty.
  public String folder() {
    return folder;
  }

  /// Whether its entries lie in another file (`.dwo`, `.dwp`), which is not read.
  public boolean isSplit() {
    return split;
  }

  /// Its entries from the first on.
  public Entries entries() throws MalformedObjectException {
    return new Entries(this, info.section(".debug_info").seek(entries), end, false);
  }

  /// The entry at an offset of `.debug_info`, and all that follow it.
  public Entries entriesAt(long where) throws MalformedObjectException {
    Cursor c = info.section(".debug_info");
    if (where < entries || where >= end) {
      throw c.seek(offset).malformed("0x%x is no entry of the unit here".formatted(where));
    }
    return new Entries(this, c.seek(where), end, true);
  }

  /// Its line table; empty when it has none.
  public Optional<LineTable> lines() throws MalformedObjectException {
    return lines(true);
  }

  /// Its line table without rows, for the names of files alone; empty when it has none.
  public Optional<LineTable> files() throws MalformedObjectException {
    return lines(false);
  }

  private Optional<LineTable> lines(boolean rows) throws MalformedObjectException {
    Cursor c = info.section(".debug_line");
    if (lines < 0 || c.size() == 0) {
      return Optional.empty();
    }
    LineTable table = LineTable.read(c.seek(lines), this, rows);
    info.work().spend(c.position() - lines, c);
    return Optional.of(table);
  }

  /// The text that [Entries#textHandle] stands for; empty for -1.
  public String text(long handle) throws MalformedObjectException {
    return handle < 0 ? "" : text((int) (handle & 0xff), handle >> 8);
  }

  Work work() {
    return info.work();
  }

  Abbreviation abbreviation(long code, Cursor at) throws MalformedObjectException {
    return abbreviations.get(code, at);
  }

  String text(int form, long value) throws MalformedObjectException {
    Cursor c =
        switch (form) {
          case DW_FORM_string -> info.section(".debug_info").seek(value);
          case DW_FORM_strp -> info.section(".debug_str").seek(value);
          case DW_FORM_line_strp -> info.section(".debug_line_str").seek(value);
          default -> {
            Cursor table = info.section(".debug_str_offsets");
            seek(table, stringOffsets, value, offsetSize);
            yield info.section(".debug_str").seek(table.unsigned(offsetSize));
          }
        };
    long from = c.position();
    String text = c.cString();
    info.work().spend(c.position() - from, c);
    return text;
  }

  long address(int form, long value) throws MalformedObjectException {
    if (!Form.isAddressIndex(form)) {
      return value;
    }
    Cursor table = info.section(".debug_addr");
    seek(table, addresses, value, addressSize);
    return table.unsigned(addressSize);
  }

  /// The offset in `.debug_info` that a reference means, -1 for what lies in another file.
  long reference(int form, long value) {
    return switch (form) {
      case DW_FORM_ref1, DW_FORM_ref2, DW_FORM_ref4, DW_FORM_ref8, DW_FORM_ref_udata ->
          value < 0 || value > end - offset ? -1 : offset + value;
      case DW_FORM_ref_addr -> value;
      default -> -1;
    };
  }

  /// The addresses of `DW_AT_ranges`.
  long[] ranges(int form, long value) throws MalformedObjectException {
    if (version < 5) {
      Cursor c = info.section(".debug_ranges").seek(value);
      return AddressRanges.readOld(c, this, low, info.work());
    }
    long at = value;
    if (form == DW_FORM_rnglistx) {
      Cursor table = info.section(".debug_rnglists");
      seek(table, rangeLists, value, offsetSize);
      at = rangeLists + table.unsigned(offsetSize);
    }
    Cursor c = info.section(".debug_rnglists").seek(at);
    return AddressRanges.read(c, this, low, info.work());
  }

  private static void seek(Cursor table, long base, long index, int size)
      throws MalformedObjectException {
    if (index < 0 || index > table.size()) {
      throw table.malformed("there is no element %s".formatted(Long.toUnsignedString(index)));
    }
    table.seek(base + index * size);
  }
}
