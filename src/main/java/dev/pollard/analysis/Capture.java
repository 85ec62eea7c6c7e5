package dev.pollard.analysis;

/// What becomes of a pointer that is handed out.
public enum Capture {
  /// Nothing is kept of it.
  NONE,
  /// It may come back as the returned value, and not otherwise.
  RETURNED,
  /// Its address may be kept or compared; nobody may access memory by it.
  ADDRESS,
  /// Anybody may access memory by it later.
  FULL
}
