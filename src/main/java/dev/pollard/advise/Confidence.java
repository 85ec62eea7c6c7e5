package dev.pollard.advise;

import java.util.List;
import java.util.Locale;

/// How sure an answer is.
public enum Confidence {
  /// A fact that the rule asks for is missing.
  LOW,
  /// All facts are there, but one is near its threshold or was estimated.
  MEDIUM,
  /// All facts are there, and each is at least twice away from its threshold.
  HIGH;

  /// How far a figure must be from its threshold.
  static final double FAR = 2;

  /// What it is called.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The confidence that thresholds allow.
  ///
  /// @param margins how many times each figure is above or below its threshold, from 1 on
  static Confidence of(List<Double> margins) {
    return margins.stream().allMatch(m -> m >= FAR) ? HIGH : MEDIUM;
  }

  /// The lower of two.
  Confidence atMost(Confidence other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
