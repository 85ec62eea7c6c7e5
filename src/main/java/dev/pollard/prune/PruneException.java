package dev.pollard.prune;

/// A prune that ends with the stock artifact. The message is one line for people.
final class PruneException extends Exception {
  private static final long serialVersionUID = 1L;

  PruneException(String message) {
    super(message);
  }
}
