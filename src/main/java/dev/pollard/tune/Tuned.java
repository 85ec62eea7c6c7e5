package dev.pollard.tune;

/// What a search found for a program.
///
/// @param recipe the passes and the decisions about single calls
/// @param flash bytes of flash that it made when it was found
/// @param stock bytes of flash of the stock program then
public record Tuned(Recipe recipe, long flash, long stock) {}
