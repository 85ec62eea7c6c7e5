package dev.pollard.pass.locations;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// How file, line and column of a location share one number:
///
/// ```
/// file's index | line | column | 1
/// ```
///
/// The lowest bit tells a packed location from a pointer to one, which is even.
///
/// @param fileBits bits of the file's index
/// @param lineBits bits of the line
/// @param columnBits bits of the column
record LocationPacking(int fileBits, int lineBits, int columnBits) {
  private static final int MAX_LINE_BITS = 20;
  private static final int MAX_COLUMN_BITS = 12;

  /// A place in a file.
  ///
  /// @param file the file's index
  /// @param line the first `u32` after the file's name, never negative
  /// @param column the second
  record Place(int file, long line, long column) {}

  /// The packing into numbers of at most `bits` bits that takes most of `places`, the narrowest of
  /// those; empty when none takes any.
  static Optional<LocationPacking> of(List<Place> places, int bits) {
    int files = places.stream().mapToInt(p -> p.file + 1).max().orElse(1);
    int enough = 32 - Integer.numberOfLeadingZeros(files - 1);
    Optional<LocationPacking> best = Optional.empty();
    long most = 0;
    for (int line = 1; line <= MAX_LINE_BITS; line++) {
      for (int column = 1; column <= MAX_COLUMN_BITS; column++) {
        int room = bits - 1 - line - column;
        if (room < 0) {
          continue;
        }
        LocationPacking packing = new LocationPacking(Math.min(room, enough), line, column);
        long count = places.stream().filter(p -> packing.pack(p).isPresent()).count();
        if (count > most
            || (count == most && best.filter(b -> b.width() > packing.width()).isPresent())) {
          best = Optional.of(packing);
          most = count;
        }
      }
    }
    return best;
  }

  /// The number of `place`; empty when it does not fit.
  OptionalLong pack(Place place) {
    return place.file >> fileBits != 0
            || place.line >> lineBits != 0
            || place.column >> columnBits != 0
        ? OptionalLong.empty()
        : OptionalLong.of(
            (((long) place.file << lineBits | place.line) << columnBits | place.column) << 1 | 1);
  }

  /// How many bits a number has at most.
  int width() {
    return fileBits + lineBits + columnBits + 1;
  }
}
