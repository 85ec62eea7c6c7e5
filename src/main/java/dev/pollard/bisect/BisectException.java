package dev.pollard.bisect;

/// A bisection that cannot go on; the message is for people.
public final class BisectException extends Exception {
  private static final long serialVersionUID = 1L;

  public BisectException(String message) {
    super(message);
  }

  public BisectException(String message, Throwable cause) {
    super(message, cause);
  }
}
