package dev.pollard.inspect;

/// One line of a table of bytes.
///
/// @param name what has the bytes; in brackets for what is no such thing, such as `[padding]`
/// @param count how many instances, copies or places it sums up
public record Row(String name, long bytes, long count) {}
