package dev.pollard.diff;

/// What the rows of a [Table] are.
public enum By {
  /// Async machines: poll function and drop glue.
  MACHINE(true),
  /// The crate that code is written in, wherever it is inlined.
  CRATE(true),
  /// The function that code is written in; instances of a generic one are one row.
  FUNCTION(true),
  /// Code, constants and initialised data, as `llvm-size` counts them.
  SECTION(true),
  /// Stack frames of poll functions: bytes of stack, which do not share out the flash.
  FRAME(false);

  private final boolean sharesFlash;

  By(boolean sharesFlash) {
    this.sharesFlash = sharesFlash;
  }

  /// Whether the rows add up to the flash.
  public boolean sharesFlash() {
    return sharesFlash;
  }
}
