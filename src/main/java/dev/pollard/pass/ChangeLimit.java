package dev.pollard.pass;

/// How many changes are allowed, and who hears of each. Up to the first change that is not allowed
/// a run with a limit is the same as one without, so that numbers mean the same in both.
///
/// @param limit changes with a greater number are not made
/// @param listener hears of every change that a pass asks for
public record ChangeLimit(long limit, Listener listener) {
  /// No limit, and nobody hears.
  static final ChangeLimit NONE = new ChangeLimit(Long.MAX_VALUE, (_, _) -> {});

  /// Hears of changes.
  public interface Listener {
    /// A pass asks for a change.
    ///
    /// @param made whether the limit allows it
    void asked(Change change, boolean made);
  }

  boolean allows(Change change) {
    boolean allowed = change.number() <= limit;
    listener.asked(change, allowed);
    return allowed;
  }
}
