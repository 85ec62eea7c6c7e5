package dev.pollard.tune;

import java.io.Serial;

/// A `pollard.tune` that cannot be understood.
public final class TuneFileException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  /// @param message one line for people: the file, the line, what is wrong and what to do
  public TuneFileException(String message) {
    super(message);
  }
}
