package dev.pollard.dwarf;

import dev.pollard.object.Cursor;
import dev.pollard.object.MalformedObjectException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The units of `.debug_info`, and those that lie in other files beside the program
/// (`split-debuginfo`). Their entries are read when they are walked.
public final class DebugInfo {
  private final DebugSections sections;
  private final Work work;
  private final List<Unit> units = new ArrayList<>();
  private final Map<Shape, Abbreviations> tables = new HashMap<>();

  private record Shape(
      DebugSections file, long offset, int version, int addressSize, int offsetSize) {}

  private DebugInfo(DebugSections sections) {
    this.sections = sections;
    this.work = new Work(sections.size());
  }

  /// Reads the headers of all units and the first entry of each.
  ///
  /// @throws MalformedObjectException when a section is not what the standard demands; it names the
  ///   section and the offset
  public static DebugInfo read(DebugSections sections) throws MalformedObjectException {
    var info = new DebugInfo(sections);
    Cursor c = info.section(".debug_info");
    var part = SplitPart.whole(sections);
    while (c.remaining() > 0) {
      info.units.add(info.unit(c, part));
    }
    return info;
  }

  /// Reads also what lies in other files; what is not found stays [Unit#isMissing].
  ///
  /// @throws IOException when another file cannot be read or is not what the standard demands
  public static DebugInfo read(DebugSections sections, SplitFiles files) throws IOException {
    DebugInfo info = read(sections);
    Set<Long> taken = new HashSet<>();
    for (Unit skeleton : List.copyOf(info.units)) {
      if (skeleton.isMissing() && taken.add(skeleton.id())) {
        for (SplitPart part : files.find(skeleton, info.section(".debug_info").size())) {
          info.take(skeleton, part);
        }
      }
    }
    return info;
  }

  /// Takes the unit of one file that has the skeleton's number; a file may be of another build.
  private void take(Unit skeleton, SplitPart part) throws MalformedObjectException {
    Cursor c = part.cursor(".debug_info").seek(part.info());
    long end = Math.min(part.infoEnd(), c.size());
    while (c.position() < end && skeleton.isMissing()) {
      Unit unit = unit(c, part);
      if (unit.id() == skeleton.id()) {
        work.grow(part.sections().size());
        unit.completeFrom(skeleton);
        units.add(unit);
      }
    }
  }

  private Unit unit(Cursor c, SplitPart part) throws MalformedObjectException {
    long offset = c.position();
    Extent extent = Extent.read(c, "a unit");
    long end = extent.end();
    int offsetSize = extent.offsetSize();
    int version = c.u16();
    if (version < 2 || version > 5) {
      throw c.malformed("DWARF of version %d, where 2 to 5 are known".formatted(version));
    }
    int kind = version >= 5 ? c.u8() : 1;
    int addressSize = version >= 5 ? c.u8() : 0;
    long shapes = c.unsigned(offsetSize);
    if (version < 5) {
      addressSize = c.u8();
    }
    if (addressSize != 2 && addressSize != 4 && addressSize != 8) {
      throw c.malformed("addresses of %d bytes".formatted(addressSize));
    }
    long id = 0;
    switch (kind) {
      case Dwarf.DW_UT_compile, Dwarf.DW_UT_partial -> {}
      case Dwarf.DW_UT_skeleton, Dwarf.DW_UT_split_compile -> id = c.i64();
      case Dwarf.DW_UT_type, Dwarf.DW_UT_split_type -> c.skip(8 + offsetSize);
      default -> throw c.malformed("unknown kind %d of unit".formatted(kind));
    }
    if (c.position() > end) {
      throw c.malformed("a unit that ends inside its header");
    }
    var unit =
        new Unit(
            this,
            part,
            part.base() + offset,
            part.base() + c.position(),
            part.base() + end,
            version,
            addressSize,
            offsetSize,
            id,
            table(
                part,
                new Shape(
                    part.sections(),
                    part.abbreviations() + shapes,
                    version,
                    addressSize,
                    offsetSize)));
    unit.readRoot();
    c.seek(end);
    return unit;
  }

  private Abbreviations table(SplitPart part, Shape shape) throws MalformedObjectException {
    Abbreviations known = tables.get(shape);
    if (known == null) {
      Cursor c = part.cursor(".debug_abbrev").seek(shape.offset);
      known = Abbreviations.read(c, shape.version, shape.addressSize, shape.offsetSize);
      work.spend(c.position() - shape.offset, c);
      tables.put(shape, known);
    }
    return known;
  }

  /// In the order of the file.
  public List<Unit> units() {
    return units;
  }

  /// The unit that an offset of `.debug_info` is in.
  public Unit unitAt(long offset) throws MalformedObjectException {
    int low = 0;
    int high = units.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Unit unit = units.get(middle);
      if (offset < unit.offset()) {
        high = middle - 1;
      } else if (offset >= unit.end()) {
        low = middle + 1;
      } else {
        return unit;
      }
    }
    throw section(".debug_info").malformed("0x%x is in no unit".formatted(offset));
  }

  /// The entry at an offset of `.debug_info`, and what is inside: already at the entry.
  public Entries entry(long offset) throws MalformedObjectException {
    Entries entries = unitAt(offset).entriesAt(offset);
    if (!entries.next()) {
      throw section(".debug_info").seek(offset).malformed("an end where an entry should be");
    }
    return entries;
  }

  Cursor section(String name) throws MalformedObjectException {
    return sections.cursor(name);
  }

  Work work() {
    return work;
  }
}
