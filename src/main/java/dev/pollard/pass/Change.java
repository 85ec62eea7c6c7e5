package dev.pollard.pass;

/// One change that a pass makes: what a bisection counts.
///
/// @param number from 1 on, over all passes of one run
/// @param pass the pass's name
/// @param function the symbol of the function that changes; empty: the whole module
/// @param detail what of the function, such as `a copy of 2864 bytes`; may be empty
public record Change(long number, String pass, String function, String detail) {
  @Override
  public String toString() {
    return "(%d) %s on %s%s"
        .formatted(
            number,
            pass,
            function.isEmpty() ? "the module" : function,
            detail.isEmpty() ? "" : ": " + detail);
  }
}
