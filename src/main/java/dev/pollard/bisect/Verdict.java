package dev.pollard.bisect;

/// What the user's test says of a program.
public enum Verdict {
  GOOD,
  BAD,
  /// It cannot be told: the program cannot be built, or the test says so.
  SKIPPED
}
