package dev.pollard.budget;

/// What stands in the way of a check: a chip that nobody knows, a memory layout or a baseline that
/// cannot be read. The message is one line with the file, the place and the way out.
public final class BudgetException extends Exception {
  private static final long serialVersionUID = 1L;

  public BudgetException(String message) {
    super(message);
  }
}
