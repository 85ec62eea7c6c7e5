package dev.pollard.dwarf;

import dev.pollard.object.Cursor;
import dev.pollard.object.MalformedObjectException;
import dev.pollard.object.elf.ElfFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The files beside a program in which its debug info lies: `PROGRAM.dwp` (`split-debuginfo =
/// "packed"`), and the `.dwo` files that its units name (`"unpacked"`), where the compiler put them
/// or beside the program.
public final class SplitFiles {
  // Columns of an index (DWARF 5, table 7.1); the older form has the same numbers for these.
  private static final int DW_SECT_INFO = 1;
  private static final int DW_SECT_ABBREV = 3;
  private static final int DW_SECT_STR_OFFSETS = 6;
  private static final int DW_SECT_RNGLISTS = 8;
  private static final int MOST_COLUMNS = 16;

  private final Path program;
  private final Map<Path, Optional<DebugSections>> opened = new HashMap<>();
  private final Map<DebugSections, Long> bases = new LinkedHashMap<>();
  private final Map<Long, SplitPart> packed = new HashMap<>();
  private boolean packedRead;
  private long end;

  /// Files of a program; none is opened before a unit asks for one.
  public SplitFiles(Path program) {
    this.program = program;
  }

  /// The parts that may hold a unit's entries, the likeliest first.
  ///
  /// @param programEnd bytes of the program's own `.debug_info`: others count on from there
  List<SplitPart> find(Unit skeleton, long programEnd) throws IOException {
    end = Math.max(end, programEnd);
    if (!packedRead) {
      packedRead = true;
      readPackage();
    }
    var parts = new ArrayList<SplitPart>();
    SplitPart inPackage = packed.get(skeleton.id());
    if (inPackage != null) {
      parts.add(inPackage);
    }
    for (Path file : places(skeleton)) {
      Optional<DebugSections> sections = open(file);
      if (sections.isPresent()) {
        long base = base(sections.get());
        parts.add(new SplitPart(sections.get(), true, base, 0, Long.MAX_VALUE, 0, 0, 0));
      }
    }
    return parts;
  }

  private List<Path> places(Unit skeleton) {
    try {
      Path name = Path.of(skeleton.splitName());
      Path file = name.getFileName();
      if (file == null || file.toString().isEmpty()) {
        return List.of();
      }
      return List.of(Path.of(skeleton.folder()).resolve(name), program.resolveSibling(file));
    } catch (InvalidPathException e) {
      return List.of(); // a name that this system cannot have: no file has it
    }
  }

  private Optional<DebugSections> open(Path file) throws IOException {
    Optional<DebugSections> known = opened.get(file);
    if (known == null) {
      known =
          Files.isRegularFile(file) && ElfFile.isElf(file)
              ? Optional.of(DebugSections.of(ElfFile.map(file, Arena.ofAuto())))
              : Optional.empty();
      opened.put(file, known);
    }
    return known;
  }

  private long base(DebugSections sections) throws MalformedObjectException {
    Long known = bases.get(sections);
    if (known == null) {
      known = end;
      bases.put(sections, known);
      end += sections.cursor(".debug_info.dwo").size();
    }
    return known;
  }

  /// Reads the index of `PROGRAM.dwp`, if there is one: which stretch of each section a unit has.
  private void readPackage() throws IOException {
    Path file = program.resolveSibling(program.getFileName() + ".dwp");
    Optional<DebugSections> found = open(file);
    if (found.isEmpty()) {
      return;
    }
    DebugSections sections = found.get();
    Cursor c = sections.cursor(".debug_cu_index");
    if (c.size() == 0) {
      return;
    }
    // Version 2 (GNU's, for DWARF 4) is a word, version 5 half of one.
    int first = c.u16();
    int second = c.u16();
    int version = first == 0 ? second : first;
    if (version != 2 && version != 5) {
      throw c.malformed("an index of version %d, where 2 and 5 are known".formatted(version));
    }
    int columns = (int) Math.min(Integer.MAX_VALUE, c.u32());
    long rows = c.u32();
    long slots = c.u32();
    if (columns > MOST_COLUMNS) {
      throw c.malformed("an index of %d columns".formatted(columns));
    }
    long numbers = c.position() + slots * 8;
    long kinds = numbers + slots * 4;
    long offsets = kinds + columns * 4L;
    long sizes = offsets + rows * columns * 4;
    long base = base(sections);
    int[] kind = new int[columns];
    c.seek(kinds);
    for (int i = 0; i < columns; i++) {
      kind[i] = (int) c.u32();
    }
    for (long slot = 0; slot < slots; slot++) {
      long row = c.seek(numbers + slot * 4).u32() - 1;
      if (row < 0) {
        continue;
      }
      if (row >= rows) {
        throw c.malformed("row %d of an index that has %d".formatted(row + 1, rows));
      }
      long id = c.seek(numbers - slots * 8 + slot * 8).i64();
      long[] starts = new long[DW_SECT_RNGLISTS + 1];
      long infoSize = 0;
      for (int i = 0; i < columns; i++) {
        if (kind[i] < 1 || kind[i] > DW_SECT_RNGLISTS) {
          continue;
        }
        starts[kind[i]] = c.seek(offsets + (row * columns + i) * 4).u32();
        if (kind[i] == DW_SECT_INFO) {
          infoSize = c.seek(sizes + (row * columns + i) * 4).u32();
        }
      }
      long info = starts[DW_SECT_INFO];
      packed.put(
          id,
          new SplitPart(
              sections,
              true,
              base,
              info,
              info + infoSize,
              starts[DW_SECT_ABBREV],
              starts[DW_SECT_STR_OFFSETS],
              version >= 5 ? starts[DW_SECT_RNGLISTS] : 0));
    }
  }
}
