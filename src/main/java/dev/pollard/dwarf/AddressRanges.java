package dev.pollard.dwarf;

import dev.pollard.object.Cursor;
import dev.pollard.object.MalformedObjectException;
import java.util.Arrays;

/// Reads lists of address ranges: `.debug_ranges` (DWARF 4, section 2.17.3) and `.debug_rnglists`
/// (DWARF 5, section 7.25). A list is `start, end, start, end, …` with exclusive ends; empty ranges
/// are left out.
final class AddressRanges {
  private static final int DW_RLE_end_of_list = 0;
  private static final int DW_RLE_base_addressx = 1;
  private static final int DW_RLE_startx_endx = 2;
  private static final int DW_RLE_startx_length = 3;
  private static final int DW_RLE_offset_pair = 4;
  private static final int DW_RLE_base_address = 5;
  private static final int DW_RLE_start_end = 6;
  private static final int DW_RLE_start_length = 7;

  private static final long[] NONE = {};

  private final long mask;
  private long[] pairs = NONE;
  private int count;

  private AddressRanges(Unit unit) {
    mask = unit.addressSize() == 8 ? -1L : (1L << (unit.addressSize() * 8)) - 1;
  }

  /// One range, or none if it is empty.
  static long[] of(long start, long end) {
    return Long.compareUnsigned(start, end) < 0 ? new long[] {start, end} : NONE;
  }

  static long[] readOld(Cursor c, Unit unit, long low, Work work) throws MalformedObjectException {
    var list = new AddressRanges(unit);
    long base = low;
    long from = c.position();
    while (true) {
      long start = c.unsigned(unit.addressSize());
      long end = c.unsigned(unit.addressSize());
      if (start == 0 && end == 0) {
        work.spend(c.position() - from, c);
        return list.done();
      }
      if (start == list.mask) {
        base = end;
      } else {
        list.add(base + start, base + end);
      }
    }
  }

  static long[] read(Cursor c, Unit unit, long low, Work work) throws MalformedObjectException {
    var list = new AddressRanges(unit);
    long base = low;
    long from = c.position();
    int size = unit.addressSize();
    while (true) {
      int kind = c.u8();
      switch (kind) {
        case DW_RLE_end_of_list -> {
          work.spend(c.position() - from, c);
          return list.done();
        }
        case DW_RLE_base_addressx -> base = unit.address(Dwarf.DW_FORM_addrx, c.uleb());
        case DW_RLE_startx_endx ->
            list.add(
                unit.address(Dwarf.DW_FORM_addrx, c.uleb()),
                unit.address(Dwarf.DW_FORM_addrx, c.uleb()));
        case DW_RLE_startx_length -> {
          long start = unit.address(Dwarf.DW_FORM_addrx, c.uleb());
          list.add(start, start + c.uleb());
        }
        case DW_RLE_offset_pair -> list.add(base + c.uleb(), base + c.uleb());
        case DW_RLE_base_address -> base = c.unsigned(size);
        case DW_RLE_start_end -> list.add(c.unsigned(size), c.unsigned(size));
        case DW_RLE_start_length -> {
          long start = c.unsigned(size);
          list.add(start, start + c.uleb());
        }
        default -> throw c.malformed("unknown kind %d of range".formatted(kind));
      }
    }
  }

  private void add(long start, long end) {
    if (Long.compareUnsigned(start & mask, end & mask) >= 0) {
      return;
    }
    if (count == pairs.length) {
      pairs = Arrays.copyOf(pairs, Math.max(8, count * 2));
    }
    pairs[count++] = start & mask;
    pairs[count++] = end & mask;
  }

  private long[] done() {
    return count == pairs.length ? pairs : Arrays.copyOf(pairs, count);
  }
}
