package dev.pollard.inspect;

/// A part of the flash: what one function of the source has of one kind, and in whose code it
/// stands.
///
/// @param crate that it is written in; in brackets for what is no code of a crate
/// @param function without generic arguments; in brackets for what is no function
/// @param machine the name of the machine whose code it is in; empty for none
/// @param part what it is to that machine
/// @param bytes more than 0
public record Share(
    Piece.Kind kind, String crate, String function, String machine, Part part, long bytes) {
  /// What code is to the machine that it is charged to.
  public enum Part {
    /// Written in the async function itself.
    OWN,
    /// Of other functions, inlined into its poll function.
    INLINED,
    /// Drop glue of its future.
    DROP,
    /// Constants that its code uses.
    CONSTANT,
    /// No machine has it.
    NONE
  }
}
