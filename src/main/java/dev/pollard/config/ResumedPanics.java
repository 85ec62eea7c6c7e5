package dev.pollard.config;

/// What becomes of the panics for a coroutine that is resumed after it completed or panicked.
public enum ResumedPanics {
  /// One panic per kind for the whole program; only file and line of the message are general.
  SHARED,
  /// A sure stop without the panic handler.
  TRAP,
  /// `Poll::Pending`, as `-Zasync-panic` does.
  PENDING,
  /// As rustc made them.
  KEEP
}
