package dev.pollard.bisect;

import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/// Finds where a row of programs turns from good to bad, by halves. What is between may be tested
/// in any order; where it turns several times, one of the places is found.
final class FirstBad {
  /// Tests one program of the row.
  interface Trial {
    /// Tests it.
    ///
    /// @param left how many trials will come after this one, about
    Verdict test(long index, int left) throws BisectException;
  }

  /// Where it turns.
  ///
  /// @param lastGood the last program that is known to be good
  /// @param firstBad the first one that is known to be bad; those between could not be tested
  record Found(long lastGood, long firstBad) {
    /// Whether nothing is between.
    boolean isExact() {
      return firstBad - lastGood == 1;
    }
  }

  private FirstBad() {}

  /// Searches between a good and a bad program, both of which have been tested.
  static Found search(long good, long bad, Trial trial) throws BisectException {
    if (good >= bad) {
      throw new IllegalArgumentException(good + " is not before " + bad);
    }
    long lastGood = good;
    long firstBad = bad;
    var skipped = new HashSet<Long>();
    while (true) {
      var next = next(lastGood, firstBad, skipped);
      if (next.isEmpty()) {
        return new Found(lastGood, firstBad);
      }
      long index = next.getAsLong();
      switch (trial.test(index, trials(Math.max(index - lastGood, firstBad - index)))) {
        case GOOD -> lastGood = index;
        case BAD -> firstBad = index;
        case SKIPPED -> skipped.add(index);
      }
    }
  }

  /// How many trials a row of so many places where it can turn takes, at most.
  static int trials(long places) {
    return Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, places) - 1);
  }

  /// The one in the middle, or the nearest to it that can be tested.
  private static OptionalLong next(long lastGood, long firstBad, Set<Long> skipped) {
    long middle = lastGood + (firstBad - lastGood) / 2;
    for (long away = 0; away < firstBad - lastGood; away++) {
      for (long index : new long[] {middle - away, middle + away}) {
        if (index > lastGood && index < firstBad && !skipped.contains(index)) {
          return OptionalLong.of(index);
        }
      }
    }
    return OptionalLong.empty();
  }
}
