package dev.pollard.toolchain;

/// A toolchain that Pollard cannot work with. The message is one line for people: what is wrong and
/// what to do about it.
public final class ToolchainException extends Exception {
  private static final long serialVersionUID = 1L;

  public ToolchainException(String message) {
    super(message);
  }

  public ToolchainException(String message, Throwable cause) {
    super(message, cause);
  }
}
