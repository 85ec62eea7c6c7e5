package dev.pollard.dwarf;

import static dev.pollard.dwarf.Dwarf.*;

import dev.pollard.object.Cursor;
import dev.pollard.object.MalformedObjectException;

/// How attributes are written (DWARF 5, section 7.5.6).
final class Form {
  private Form() {}

  /// The bytes that a form takes, -1 when they differ.
  static int fixedSize(int form, int version, int addressSize, int offsetSize) {
    return switch (form) {
      case DW_FORM_flag_present, DW_FORM_implicit_const -> 0;
      case DW_FORM_data1, DW_FORM_flag, DW_FORM_ref1, DW_FORM_strx1, DW_FORM_addrx1 -> 1;
      case DW_FORM_data2, DW_FORM_ref2, DW_FORM_strx2, DW_FORM_addrx2 -> 2;
      case DW_FORM_strx3, DW_FORM_addrx3 -> 3;
      case DW_FORM_data4, DW_FORM_ref4, DW_FORM_strx4, DW_FORM_addrx4, DW_FORM_ref_sup4 -> 4;
      case DW_FORM_data8, DW_FORM_ref8, DW_FORM_ref_sig8, DW_FORM_ref_sup8 -> 8;
      case DW_FORM_data16 -> 16;
      case DW_FORM_addr -> addressSize;
      case DW_FORM_ref_addr -> version <= 2 ? addressSize : offsetSize;
      case DW_FORM_strp,
          DW_FORM_line_strp,
          DW_FORM_sec_offset,
          DW_FORM_strp_sup,
          DW_FORM_GNU_ref_alt,
          DW_FORM_GNU_strp_alt ->
          offsetSize;
      default -> -1;
    };
  }

  /// Reads the value of one attribute as a number: of a string that stands in place and of a block
  /// it is where its bytes begin in the section; the cursor is behind it then.
  ///
  /// @param constant the value of a form that stands in the abbreviation
  static long read(int form, Cursor c, Unit unit, long constant) throws MalformedObjectException {
    switch (form) {
      case DW_FORM_flag_present -> {
        return 1;
      }
      case DW_FORM_implicit_const -> {
        return constant;
      }
      case DW_FORM_sdata -> {
        return c.sleb();
      }
      case DW_FORM_udata,
          DW_FORM_ref_udata,
          DW_FORM_strx,
          DW_FORM_addrx,
          DW_FORM_loclistx,
          DW_FORM_rnglistx,
          DW_FORM_GNU_addr_index,
          DW_FORM_GNU_str_index -> {
        return c.uleb();
      }
      case DW_FORM_string -> {
        long at = c.position();
        c.skipCString();
        return at;
      }
      case DW_FORM_exprloc, DW_FORM_block -> {
        return block(c, c.uleb());
      }
      case DW_FORM_block1 -> {
        return block(c, c.u8());
      }
      case DW_FORM_block2 -> {
        return block(c, c.u16());
      }
      case DW_FORM_block4 -> {
        return block(c, c.u32());
      }
      case DW_FORM_data16 -> {
        return block(c, 16);
      }
      default -> {}
    }
    int size = fixedSize(form, unit.version(), unit.addressSize(), unit.offsetSize());
    if (size < 0) {
      throw c.malformed("an attribute of the unknown form 0x%x".formatted(form));
    }
    return c.unsigned(size);
  }

  private static long block(Cursor c, long size) throws MalformedObjectException {
    long at = c.position();
    c.skip(size);
    return at;
  }

  static boolean isString(int form) {
    return switch (form) {
      case DW_FORM_string,
          DW_FORM_strp,
          DW_FORM_line_strp,
          DW_FORM_strx,
          DW_FORM_strx1,
          DW_FORM_strx2,
          DW_FORM_strx3,
          DW_FORM_strx4,
          DW_FORM_GNU_str_index ->
          true;
      default -> false;
    };
  }

  static boolean isAddressIndex(int form) {
    return switch (form) {
      case DW_FORM_addrx,
          DW_FORM_addrx1,
          DW_FORM_addrx2,
          DW_FORM_addrx3,
          DW_FORM_addrx4,
          DW_FORM_GNU_addr_index ->
          true;
      default -> false;
    };
  }

  /// Whether it holds a plain number.
  static boolean isConstant(int form) {
    return switch (form) {
      case DW_FORM_data1,
          DW_FORM_data2,
          DW_FORM_data4,
          DW_FORM_data8,
          DW_FORM_udata,
          DW_FORM_sdata,
          DW_FORM_implicit_const,
          DW_FORM_flag,
          DW_FORM_flag_present ->
          true;
      default -> false;
    };
  }
}
