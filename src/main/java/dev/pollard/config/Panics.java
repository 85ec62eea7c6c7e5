package dev.pollard.config;

/// What becomes of panics beyond the ones of coroutines: an opt-in, because a program can tell.
public enum Panics {
  /// As rustc made them.
  KEEP,
  /// The panic handler runs with its message, but without file, line and column.
  NO_LOCATION,
  /// A sure stop without the panic handler.
/// What becomes of all panics of a program.
public enum Panics {
  /// As rustc made them.
  KEEP,
  /// The message stays, file, line and column go.
  NO_LOCATION,
  /// A sure stop: no message, no panic handler.
  TRAP
}
