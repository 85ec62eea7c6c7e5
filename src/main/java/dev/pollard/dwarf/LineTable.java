package dev.pollard.dwarf;

import static dev.pollard.dwarf.Dwarf.*;

import dev.pollard.object.Cursor;
import dev.pollard.object.MalformedObjectException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The line table of one unit, from its program (DWARF 5, section 6.2; versions 2 to 5). Rows are
/// in the order of the program: ascending inside a sequence, which ends with a row that names no
/// line.
public final class LineTable {
  private static final int DW_LNCT_path = 1;
  private static final int DW_LNCT_directory_index = 2;

  private final Unit unit;
  private final int version;
  private final List<String> folders = new ArrayList<>();
  private final List<String> files = new ArrayList<>();
  private final List<Long> fileFolders = new ArrayList<>();
  private long[] addresses = new long[64];
  private int[] fileOf = new int[64];
  private int[] lineOf = new int[64];
  private int rows;

  private LineTable(Unit unit, int version) {
    this.unit = unit;
    this.version = version;
  }

  /// How many rows there are, those that end a sequence included.
  public int rows() {
    return rows;
  }

  /// The address where a row begins; it reaches to the next row's.
  public long address(int row) {
    return addresses[row];
  }

  /// The number of the row's file, for [#path(long)].
  public int fileNumber(int row) {
    return fileOf[row];
  }

  /// The row's line, from 1; 0 for code of no line; -1 for the end of a sequence.
  public int line(int row) {
    return lineOf[row];
  }

  /// The path of a file by its number in this table, as `DW_AT_decl_file` has it: in the unit's
  /// folder if it is relative. Empty for a number that the table does not have.
  public String path(long number) {
    long index = version >= 5 ? number : number - 1;
    if (index < 0 || index >= files.size()) {
      return "";
    }
    String name = files.get((int) index);
    if (name.startsWith("/")) {
      return name;
    }
    long folder = fileFolders.get((int) index);
    String path = unit.folder();
    // Up to version 4 folder 0 is the unit's own and is not in the list.
    long place = version >= 5 ? folder : folder - 1;
    if (place >= 0 && place < folders.size()) {
      path = join(path, folders.get((int) place));
    }
    return join(path, name);
  }

  private static String join(String folder, String name) {
    if (name.startsWith("/") || folder.isEmpty()) {
      return name;
    }
    return name.isEmpty() ? folder : folder.endsWith("/") ? folder + name : folder + "/" + name;
  }

  static LineTable read(Cursor c, Unit unit, boolean rows) throws MalformedObjectException {
    Extent extent = Extent.read(c, "a table");
    long end = extent.end();
    int offsetSize = extent.offsetSize();
    int version = c.u16();
    if (version < 2 || version > 5) {
      throw c.malformed("a line table of version %d, where 2 to 5 are known".formatted(version));
    }
    int addressSize = unit.addressSize();
    if (version >= 5) {
      addressSize = c.u8();
      c.skip(1);
    }
    long headerLength = c.unsigned(offsetSize);
    if (headerLength < 0 || headerLength > end - c.position()) {
      throw c.malformed("a header of %d bytes".formatted(headerLength));
    }
    long program = c.position() + headerLength;
    int shortest = c.u8();
    if (version >= 4) {
      c.skip(1); // operations per instruction: 1 but on VLIW machines
    }
    c.skip(1); // whether rows are statements at first
    int lineBase = (byte) c.u8();
    int lineRange = c.u8();
    int opcodeBase = c.u8();
    int[] operands = new int[Math.max(1, opcodeBase)];
    for (int i = 1; i < opcodeBase; i++) {
      operands[i] = c.u8();
    }
    var table = new LineTable(unit, version);
    if (version >= 5) {
      table.entries(c, offsetSize, false);
      table.entries(c, offsetSize, true);
    } else {
      table.oldNames(c);
    }
    if (!rows) {
      return table;
    }
    table.run(
        c.seek(program), end, shortest, lineBase, lineRange, opcodeBase, operands, addressSize);
    return table;
  }

  private void oldNames(Cursor c) throws MalformedObjectException {
    for (String folder = c.cString(); !folder.isEmpty(); folder = c.cString()) {
      folders.add(folder);
    }
    for (String file = c.cString(); !file.isEmpty(); file = c.cString()) {
      files.add(file);
      fileFolders.add(c.uleb());
      c.uleb();
      c.uleb();
    }
  }

  private void entries(Cursor c, int offsetSize, boolean isFiles) throws MalformedObjectException {
    int formats = c.u8();
    int[] contents = new int[formats];
    int[] forms = new int[formats];
    for (int i = 0; i < formats; i++) {
      contents[i] = (int) c.uleb();
      forms[i] = (int) c.uleb();
    }
    // A count of entries without a byte could be any number.
    int count = formats == 0 ? (int) Math.min(c.uleb(), 1) : c.count();
    for (int n = 0; n < count; n++) {
      String path = "";
      long folder = 0;
      for (int i = 0; i < formats; i++) {
        if (Form.isString(forms[i])) {
          String text =
              forms[i] == DW_FORM_string
                  ? c.cString()
                  : unit.text(forms[i], Form.read(sized(forms[i], offsetSize), c, unit, 0));
          path = contents[i] == DW_LNCT_path ? text : path;
        } else {
          long value = Form.read(forms[i], c, unit, 0);
          folder = contents[i] == DW_LNCT_directory_index ? value : folder;
        }
      }
      if (isFiles) {
        files.add(path);
        fileFolders.add(folder);
      } else {
        folders.add(path);
      }
    }
  }

  /// The form that has the size of an offset in this table, whose size may differ from the unit's.
  private static int sized(int form, int offsetSize) {
    return form == DW_FORM_strp || form == DW_FORM_line_strp
        ? (offsetSize == 8 ? DW_FORM_data8 : DW_FORM_data4)
        : form;
  }

  private void run(
      Cursor c,
      long end,
      int shortest,
      int lineBase,
      int lineRange,
      int opcodeBase,
      int[] operands,
      int addressSize)
      throws MalformedObjectException {
    long address = 0;
    long file = 1;
    long line = 1;
    while (c.position() < end) {
      int opcode = c.u8();
      if (opcode >= opcodeBase) {
        if (lineRange == 0) {
          throw c.malformed("a special opcode in a table whose line range is 0");
        }
        int adjusted = opcode - opcodeBase;
        address += (long) (adjusted / lineRange) * shortest;
        line += lineBase + adjusted % lineRange;
        row(address, file, line);
        continue;
      }
      switch (opcode) {
        case 0 -> {
          long size = c.uleb();
          if (size <= 0 || size > end - c.position()) {
            throw c.malformed("an extended opcode of %d bytes".formatted(size));
          }
          long next = c.position() + size;
          switch (c.u8()) {
            case 1 -> {
              row(address, file, -1);
              address = 0;
              file = 1;
              line = 1;
            }
            case 2 -> address = c.unsigned(size == 9 ? 8 : size == 5 ? 4 : addressSize);
            default -> {} // files are named in the header by all that is read here
          }
          c.seek(next);
        }
        case 1 -> row(address, file, line);
        case 2 -> address += c.uleb() * shortest;
        case 3 -> line += c.sleb();
        case 4 -> file = c.uleb();
        case 5 -> c.uleb();
        case 6, 7, 10, 11 -> {}
        case 8 -> {
          if (lineRange == 0) {
            throw c.malformed("a special opcode in a table whose line range is 0");
          }
          address += (long) ((255 - opcodeBase) / lineRange) * shortest;
        }
        case 9 -> address += c.u16();
        case 12 -> c.uleb();
        default -> {
          for (int i = 0; i < operands[opcode]; i++) {
            c.uleb();
          }
        }
      }
    }
  }

  private void row(long address, long file, long line) {
    if (rows == addresses.length) {
      addresses = Arrays.copyOf(addresses, rows * 2);
      fileOf = Arrays.copyOf(fileOf, rows * 2);
      lineOf = Arrays.copyOf(lineOf, rows * 2);
    }
    addresses[rows] = address;
    fileOf[rows] = file < 0 || file > Integer.MAX_VALUE ? 0 : (int) file;
    lineOf[rows] = line < -1 || line > Integer.MAX_VALUE ? 0 : (int) line;
    rows++;
  }
}
