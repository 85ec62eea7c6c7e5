package dev.pollard.config;

/// What becomes of all panics of a program.
public enum Panics {
  /// As rustc made them.
  KEEP,
  /// The message stays, file, line and column go.
  NO_LOCATION,
  /// A sure stop: no message, no panic handler.
  TRAP
}
