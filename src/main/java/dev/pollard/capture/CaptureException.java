package dev.pollard.capture;

/// A final rustc call that cannot be captured: the stock artifact stays. The message is one line
/// for people.
public final class CaptureException extends Exception {
  private static final long serialVersionUID = 1L;

  public CaptureException(String message) {
    super(message);
  }

  public CaptureException(String message, Throwable cause) {
    super(message, cause);
  }
}
