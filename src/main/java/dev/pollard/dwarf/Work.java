package dev.pollard.dwarf;

import dev.pollard.object.Cursor;
import dev.pollard.object.MalformedObjectException;

/// A bound on what is read more than once. In a sound file tables, range lists and names are shared
/// by few; a hostile one may let every entry refer to one large table, and a reader would never
/// end.
final class Work {
  private static final long LEAST = 4L << 20;
  private static final long FACTOR = 64;

  private long left;

  /// A bound that fits a sound file.
  ///
  /// @param size the bytes of all debug sections
  Work(long size) {
    left = LEAST + size * FACTOR;
  }

  /// Makes room for what another file has.
  ///
  /// @param size the bytes of all debug sections of it
  void grow(long size) {
    left += size * FACTOR;
  }

  /// Pays for `bytes` that were read at the place of the cursor.
  void spend(long bytes, Cursor at) throws MalformedObjectException {
    left -= bytes;
    if (left < 0) {
      throw at.malformed("the same bytes are used over and over: a damaged or hostile file");
    }
  }
}
