package dev.pollard.dwarf;

import dev.pollard.object.Cursor;
import dev.pollard.object.MalformedObjectException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One table of `.debug_abbrev`. Compilers count codes from 1: then it is a list.
final class Abbreviations {
  private final List<Abbreviation> list = new ArrayList<>();
  private final Map<Long, Abbreviation> others = new HashMap<>();

  /// Reads the table where the cursor is.
  ///
  /// @param addressSize of the units that use it, bytes
  /// @param offsetSize of the units that use it, bytes
  static Abbreviations read(Cursor c, int version, int addressSize, int offsetSize)
      throws MalformedObjectException {
    var table = new Abbreviations();
    int[] attributes = new int[16];
    int[] forms = new int[16];
    long[] constants = new long[16];
    while (true) {
      long code = c.uleb();
      if (code == 0) {
        return table;
      }
      int tag = number(c);
      boolean children = c.u8() != 0;
      int count = 0;
      int size = 0;
      while (true) {
        int attribute = number(c);
        int form = number(c);
        if (attribute == 0 && form == 0) {
          break;
        }
        if (count == attributes.length) {
          attributes = Arrays.copyOf(attributes, count * 2);
          forms = Arrays.copyOf(forms, count * 2);
          constants = Arrays.copyOf(constants, count * 2);
        }
        attributes[count] = attribute;
        forms[count] = form;
        constants[count] = form == Dwarf.DW_FORM_implicit_const ? c.sleb() : 0;
        int bytes = Form.fixedSize(form, version, addressSize, offsetSize);
        size = bytes < 0 || size < 0 ? -1 : size + bytes;
        count++;
      }
      table.add(
          code,
          new Abbreviation(
              tag,
              children,
              Arrays.copyOf(attributes, count),
              Arrays.copyOf(forms, count),
              Arrays.copyOf(constants, count),
              size));
    }
  }

  private void add(long code, Abbreviation abbreviation) {
    if (code == list.size() + 1L) {
      list.add(abbreviation);
    } else {
      others.putIfAbsent(code, abbreviation);
    }
  }

  /// The shape of that code; the cursor is for the message.
  Abbreviation get(long code, Cursor at) throws MalformedObjectException {
    if (code > 0 && code <= list.size()) {
      return list.get((int) (code - 1));
    }
    Abbreviation other = others.get(code);
    if (other == null) {
      throw at.malformed("an entry of the unknown shape %s".formatted(Long.toUnsignedString(code)));
    }
    return other;
  }

  private static int number(Cursor c) throws MalformedObjectException {
    long value = c.uleb();
    if (value < 0 || value > 0xffff) {
      throw c.malformed("0x%x is no tag, attribute or form".formatted(value));
    }
    return (int) value;
  }
}
