package dev.pollard.pass;

/// A pass broke the module, or could not run. The module is spent.
public final class PassException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String pass;

  PassException(String pass, String message) {
    super(pass + ": " + message);
    this.pass = pass;
  }

  PassException(String pass, Exception cause) {
    super(pass + ": " + cause.getMessage(), cause);
    this.pass = pass;
  }

  /// The pass that broke it; `input` when the module was broken before any pass.
  public String pass() {
    return pass;
  }
}
