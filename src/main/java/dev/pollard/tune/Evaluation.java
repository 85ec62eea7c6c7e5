package dev.pollard.tune;

/// What a recipe makes of a program.
///
/// @param flash bytes of code and constants in the linked artifact, or in the emitted object as
///   long as it is not known how to link
/// @param deepestPollPath the deepest static stack path from a poll function, bytes
/// @param pollFrames the sum of the stack frames of poll functions, bytes
public record Evaluation(long flash, long deepestPollPath, long pollFrames) {
  /// This one with other bytes of flash.
  public Evaluation withFlash(long bytes) {
    return new Evaluation(bytes, deepestPollPath, pollFrames);
  }
}
