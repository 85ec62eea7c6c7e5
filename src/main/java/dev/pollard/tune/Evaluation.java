package dev.pollard.tune;

/// What a recipe makes of a program.
///
/// @param flash bytes of code and constants in the emitted object
/// @param deepestPollPath the deepest static stack path from a poll function, bytes
/// @param pollFrames the sum of the stack frames of poll functions, bytes
public record Evaluation(long flash, long deepestPollPath, long pollFrames) {}
