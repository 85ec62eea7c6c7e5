package dev.pollard.dwarf;

import static dev.pollard.dwarf.Dwarf.*;

import dev.pollard.object.Cursor;
import dev.pollard.object.MalformedObjectException;
import java.util.Arrays;
import java.util.Optional;

/// Walks the entries of a unit in their order, one at a time; nothing is kept of what was passed.
/// Attributes that nobody asks for are skipped.
public final class Entries {
  private final Unit unit;
  private final Cursor c;
  private final long end;
  private final boolean again;
  private Abbreviation shape = new Abbreviation(0, false, new int[0], new int[0], new long[0], 0);
  private long[] values = new long[16];
  private boolean read = true;
  private int[] forms = new int[0];
  private long offset;
  private int depth = -1;
  private int nextDepth;
  private boolean done;

  /// Starts where the cursor is.
  ///
  /// @param again whether others walk over the same entries too
  Entries(Unit unit, Cursor c, long end, boolean again) {
    this.unit = unit;
    this.c = c;
    this.end = end;
    this.again = again;
    this.offset = c.position();
  }

  /// Moves to the next entry.
  ///
  /// @return false when there is none: the first entry and all that is inside are passed
  public boolean next() throws MalformedObjectException {
    if (done) {
      return false;
    }
    if (!read) {
      skip();
    }
    while (depth < 0 || nextDepth > 0) {
      if (c.position() >= end) {
        break;
      }
      if (again) {
        unit.work().spend(c.position() - offset, c);
      }
      offset = c.position();
      long code = c.uleb();
      if (code == 0) {
        if (nextDepth == 0) {
          break; // an end of what has not begun
        }
        nextDepth--;
        continue;
      }
      shape = unit.abbreviation(code, c);
      depth = nextDepth;
      read = false;
      if (shape.hasChildren) {
        nextDepth++;
      }
      return true;
    }
    done = true;
    return false;
  }

  private void skip() throws MalformedObjectException {
    if (shape.fixedSize >= 0) {
      c.skip(shape.fixedSize);
    } else {
      for (int form : shape.forms) {
        Form.read(actual(form), c, unit, 0);
      }
    }
    read = true;
  }

  /// The unit.
  public Unit unit() {
    return unit;
  }

  /// Where the entry begins in `.debug_info`, counted as [Unit#offset] is.
  public long offset() {
    return unit.base() + offset;
  }

  /// How many entries it is inside of, from the one on where the walk began.
  public int depth() {
    return depth;
  }

  /// A `DW_TAG_` number.
  public int tag() {
    return shape.tag;
  }

  /// Whether entries may follow that are inside.
  public boolean hasChildren() {
    return shape.hasChildren;
  }

  /// Whether the entry has an attribute.
  public boolean has(int attribute) {
    return shape.indexOf(attribute) >= 0;
  }

  /// An attribute's text, empty when it has none.
  public String text(int attribute) throws MalformedObjectException {
    int i = index(attribute);
    return i >= 0 && Form.isString(forms[i]) ? unit.text(forms[i], values[i]) : "";
  }

  /// What [Unit#text(long)] takes to read an attribute's text when it is needed: -1 for none. It
  /// holds the form in its lowest 8 bits; a longer value is -1 too.
  public long textHandle(int attribute) throws MalformedObjectException {
    int i = index(attribute);
    if (i < 0 || !Form.isString(forms[i]) || values[i] < 0 || values[i] >= 1L << 54) {
      return -1;
    }
    // GNU's form of DWARF 4 is the later standard's by another number.
    int form = forms[i] == DW_FORM_GNU_str_index ? DW_FORM_strx : forms[i];
    return values[i] << 8 | form;
  }

  /// A plain number or an offset of a section.
  ///
  /// @param otherwise the answer when the entry has none
  public long number(int attribute, long otherwise) throws MalformedObjectException {
    int i = index(attribute);
    return i >= 0 && (Form.isConstant(forms[i]) || forms[i] == DW_FORM_sec_offset)
        ? values[i]
        : otherwise;
  }

  /// The entry that an attribute refers to, as an offset of `.debug_info`; -1 for none.
  public long reference(int attribute) throws MalformedObjectException {
    int i = index(attribute);
    return i >= 0 ? unit.reference(forms[i], values[i]) : -1;
  }

  /// An address.
  public Optional<Long> address(int attribute) throws MalformedObjectException {
    int i = index(attribute);
    return i >= 0 && (forms[i] == DW_FORM_addr || Form.isAddressIndex(forms[i]))
        ? Optional.of(unit.address(forms[i], values[i]))
        : Optional.empty();
  }

  /// The addresses of the entry's code: `start, end, …` with exclusive ends. Empty when it has
  /// none.
  public long[] ranges() throws MalformedObjectException {
    int i = index(DW_AT_ranges);
    if (i >= 0) {
      return unit.ranges(forms[i], values[i]);
    }
    Optional<Long> low = address(DW_AT_low_pc);
    if (low.isEmpty()) {
      return AddressRanges.of(0, 0);
    }
    long start = low.get();
    // From DWARF 4 on the end is most often a length.
    return AddressRanges.of(start, address(DW_AT_high_pc).orElse(start + number(DW_AT_high_pc, 0)));
  }

  /// The form of a value: that of `DW_FORM_indirect` stands before it.
  private int actual(int form) throws MalformedObjectException {
    if (form != DW_FORM_indirect) {
      return form;
    }
    long found = c.uleb();
    if (found == DW_FORM_indirect || found == DW_FORM_implicit_const || found >>> 16 != 0) {
      throw c.malformed("an indirect attribute of the form 0x%x".formatted(found));
    }
    return (int) found;
  }

  private int index(int attribute) throws MalformedObjectException {
    if (!read) {
      int count = shape.forms.length;
      if (values.length < count) {
        values = Arrays.copyOf(values, count);
      }
      forms = shape.forms;
      boolean own = false;
      for (int i = 0; i < count; i++) {
        int form = actual(shape.forms[i]);
        if (form != shape.forms[i]) {
          forms = own ? forms : forms.clone();
          own = true;
          forms[i] = form;
        }
        values[i] = Form.read(form, c, unit, shape.constants[i]);
      }
      read = true;
    }
    return shape.indexOf(attribute);
  }
}
