package dev.pollard.worker;

/// A worker could not do its job: it said so, it died, or it was stopped at a limit. The message is
/// one line for people.
public final class WorkerException extends Exception {
  private static final long serialVersionUID = 1L;

  public WorkerException(String message) {
    super(message);
  }

  public WorkerException(String message, Throwable cause) {
    super(message, cause);
  }
}
