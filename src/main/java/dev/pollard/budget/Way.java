package dev.pollard.budget;

import java.util.OptionalLong;

/// Something that would help.
///
/// @param text what to do
/// @param bytes what it gives; empty when nobody has measured it
/// @param most whether `bytes` is the most that it can give, and no measurement
/// @param ram whether it gives RAM or stack, and not flash
public record Way(String text, OptionalLong bytes, boolean most, boolean ram) {}
