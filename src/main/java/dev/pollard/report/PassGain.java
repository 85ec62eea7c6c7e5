package dev.pollard.report;

import java.util.OptionalLong;

/// What one pass gave.
///
/// @param name the pass
/// @param count how many things it changed
/// @param flashSaved flash bytes; empty where nobody measured it
/// @param stackSaved stack bytes, summed over poll functions; empty where nobody measured it
public record PassGain(String name, long count, OptionalLong flashSaved, OptionalLong stackSaved) {
  /// A pass of which no more is known than what it changed.
  public static PassGain unmeasured(String name, long count) {
    return new PassGain(name, count, OptionalLong.empty(), OptionalLong.empty());
  }

  /// This one, measured.
  public PassGain saving(long flash, long stack) {
    return new PassGain(name, count, OptionalLong.of(flash), OptionalLong.of(stack));
  }
}
