package dev.pollard.advise;

/// What a program is best written as.
public enum Answer {
  ASYNC,
  THREADS,
  /// Calls that wait; on a chip with interrupts for what must not wait.
  BLOCKING,
  /// Work split over all processors by rayon or threads of one's own.
  RAYON,
  EITHER;

  /// What it is called.
  public String text() {
    return switch (this) {
      case ASYNC -> "async";
      case THREADS -> "threads";
      case BLOCKING -> "blocking";
      case RAYON -> "rayon";
      case EITHER -> "either";
    };
  }
}
