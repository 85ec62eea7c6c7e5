package dev.pollard.dwarf;

import static dev.pollard.dwarf.Dwarf.*;

import dev.pollard.object.Cursor;
import dev.pollard.object.MalformedObjectException;
import java.util.Optional;

/// One unit of `.debug_info`, or of `.debug_info.dwo` in a file beside it: what its entries need to
/// be understood.
public final class Unit {
  private final DebugInfo info;
  private final SplitPart part;
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
  private String splitName = "";
  private long id;
  private long splitRanges;
  private Optional<Unit> skeleton = Optional.empty();
  private boolean missing;
  private boolean completed;

  /// @param part where it lies; offsets are of all files' `.debug_info` one after the other
  Unit(
      DebugInfo info,
      SplitPart part,
      long offset,
      long entries,
      long end,
      int version,
      int addressSize,
      int offsetSize,
      long id,
      Abbreviations abbreviations) {
    this.info = info;
    this.part = part;
    this.id = id;
    this.offset = offset;
    this.entries = entries;
    this.end = end;
    this.version = version;
    this.addressSize = addressSize;
    this.offsetSize = offsetSize;
    this.abbreviations = abbreviations;
    // Where the tables of a unit begin that does not say it: behind one header.
    this.stringOffsets = part.stringOffsets() + (version >= 5 ? (offsetSize == 8 ? 16 : 8) : 0);
    this.addresses = version >= 5 ? (offsetSize == 8 ? 16 : 8) : 0;
    this.rangeLists = part.rangeLists() + (offsetSize == 8 ? 20 : 12);
  }

  /// Reads what the first entry says of the whole unit.
  void readRoot() throws MalformedObjectException {
    Entries root = entries();
    if (!root.next()) {
      return;
    }
    stringOffsets = root.number(DW_AT_str_offsets_base, stringOffsets);
    addresses = root.number(DW_AT_addr_base, root.number(DW_AT_GNU_addr_base, addresses));
    splitRanges = root.number(DW_AT_GNU_ranges_base, 0);
    id = root.number(DW_AT_GNU_dwo_id, id);
    rangeLists = root.number(DW_AT_rnglists_base, rangeLists);
    lines = root.number(DW_AT_stmt_list, -1);
    low = root.address(DW_AT_low_pc).orElse(0L);
    name = root.text(DW_AT_name);
    folder = root.text(DW_AT_comp_dir);
    // A unit in a file beside the program has its own file's name there too.
    if (!part.isSplit()) {
      splitName = root.text(DW_AT_dwo_name);
      splitName = splitName.isEmpty() ? root.text(DW_AT_GNU_dwo_name) : splitName;
      missing = root.has(DW_AT_dwo_name) || root.has(DW_AT_GNU_dwo_name);
    }
  }

  /// Takes from the unit in the program what one in another file leaves to it.
  void completeFrom(Unit inProgram) {
    skeleton = Optional.of(inProgram);
    addresses = inProgram.addresses;
    low = inProgram.low;
    name = name.isEmpty() ? inProgram.name : name;
    folder = folder.isEmpty() ? inProgram.folder : folder;
    inProgram.missing = false;
    inProgram.completed = true;
  }

  /// What the unit in the program and the one in another file have in common.
  long id() {
    return id;
  }

  /// Where its file begins among all.
  long base() {
    return part.base();
  }

  /// The file (`.dwo`) in which its entries lie, as the compiler named it; empty for none.
  public String splitName() {
    return splitName;
  }

  /// Where its header begins in `.debug_info`. Those of other files count on behind the program's,
  /// in the order in which they were found.
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

  /// Whether its entries lie in another file (`.dwo`, `.dwp`) that was not found.
  public boolean isMissing() {
    return missing;
  }

  /// Its entries from the first on.
  public Entries entries() throws MalformedObjectException {
    return new Entries(
        this, part.cursor(".debug_info").seek(entries - base()), end - base(), false);
  }

  /// The entry at an offset of `.debug_info`, and all that follow it.
  public Entries entriesAt(long where) throws MalformedObjectException {
    Cursor c = part.cursor(".debug_info");
    if (where < entries || where >= end) {
      throw c.seek(offset - base()).malformed("0x%x is no entry of the unit here".formatted(where));
    }
    return new Entries(this, c.seek(where - base()), end - base(), true);
  }

  /// Its line table; empty when it has none, and for a unit whose entries were found in another
  /// file: that one has the table.
  public Optional<LineTable> lines() throws MalformedObjectException {
    return completed ? Optional.empty() : skeleton.orElse(this).lines(true);
  }

  /// Its line table without rows, for the names of files alone; empty when it has none.
  public Optional<LineTable> files() throws MalformedObjectException {
    return skeleton.orElse(this).lines(false);
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
          case DW_FORM_string -> part.cursor(".debug_info").seek(value);
          case DW_FORM_strp -> part.cursor(".debug_str").seek(value);
          case DW_FORM_line_strp -> info.section(".debug_line_str").seek(value);
          default -> {
            Cursor table = part.cursor(".debug_str_offsets");
            seek(table, stringOffsets, value, offsetSize);
            yield part.cursor(".debug_str").seek(table.unsigned(offsetSize));
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
      case DW_FORM_ref_addr -> value < 0 ? -1 : base() + part.info() + value;
      default -> -1;
    };
  }

  /// The addresses of `DW_AT_ranges`.
  long[] ranges(int form, long value) throws MalformedObjectException {
    if (version < 5) {
      long start = value + skeleton.map(s -> s.splitRanges).orElse(0L);
      Cursor c = info.section(".debug_ranges").seek(start);
      return AddressRanges.readOld(c, this, low, info.work());
    }
    long at = part.rangeLists() + value;
    if (form == DW_FORM_rnglistx) {
      Cursor table = part.cursor(".debug_rnglists");
      seek(table, rangeLists, value, offsetSize);
      at = rangeLists + table.unsigned(offsetSize);
    }
    Cursor c = part.cursor(".debug_rnglists").seek(at);
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
