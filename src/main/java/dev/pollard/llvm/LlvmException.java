package dev.pollard.llvm;

/// LLVM refused: what it said is the message. The module that was worked on is not to be trusted
/// any more.
public final class LlvmException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message LLVM's own words, with what was tried before them
  public LlvmException(String message) {
    super(message);
  }
}
