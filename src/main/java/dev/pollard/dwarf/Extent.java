package dev.pollard.dwarf;

import dev.pollard.object.Cursor;
import dev.pollard.object.MalformedObjectException;

/// What the initial length of a unit or a table says. Source: DWARF 5, 7.4 and 7.5.1.
///
/// @param end where it ends in its section
/// @param offsetSize bytes of an offset in it: 4, or 8 in the 64-bit format
record Extent(long end, int offsetSize) {
  /// Reads an initial length.
  ///
  /// @param what has it, for messages: `a unit`
  static Extent read(Cursor c, String what) throws MalformedObjectException {
    long length = c.u32();
    int offsetSize = 4;
    if (length == 0xffff_ffffL) {
      offsetSize = 8;
      length = c.u63();
    } else if (length >= 0xffff_fff0L) {
      throw c.malformed("%s of the reserved length 0x%x".formatted(what, length));
    }
    if (length > c.remaining()) {
      throw c.malformed("%s of %d bytes where %d are left".formatted(what, length, c.remaining()));
    }
    return new Extent(c.position() + length, offsetSize);
  }
}
