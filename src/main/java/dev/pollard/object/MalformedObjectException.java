package dev.pollard.object;

import java.io.IOException;

/// A file is not what its format demands; says which file, and at which byte.
public final class MalformedObjectException extends IOException {
  private static final long serialVersionUID = 1L;

  private final long offset;

  /// Reports what is wrong at byte `offset` of `file`.
  public MalformedObjectException(String file, long offset, String problem) {
    super("%s: at byte 0x%x: %s".formatted(file, offset, problem));
    this.offset = offset;
  }

  /// The byte of the file at which reading failed.
  public long offset() {
    return offset;
  }
}
