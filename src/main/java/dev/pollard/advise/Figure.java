package dev.pollard.advise;

/// A number behind a sentence.
///
/// @param name what it is of, such as `threads.bytesEach`
/// @param value it
/// @param unit `bytes`, `ms`, `s`, or empty for a count or a ratio
/// @param source how it was measured, or the formula that it was computed by
public record Figure(String name, double value, String unit, String source) {
  static Figure of(String name, double value, String unit, String source) {
    return new Figure(name, value, unit, source);
  }

  /// A count, or bytes: a `double` has all that occur.
  static Figure of(String name, long value, String unit, String source) {
    return new Figure(name, (double) value, unit, source);
  }
}
