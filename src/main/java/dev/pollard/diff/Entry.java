package dev.pollard.diff;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// One row of one program, with what tells it from others of nearly the same name.
///
/// @param name no two rows of a table share one; in brackets for what is no such thing, such as
///   `[padding]`
/// @param count instances, or states of a machine
/// @param future bytes of a machine's future; empty for other rows, and when not known
/// @param facts what stays when machines are numbered anew: where it awaits and what it keeps
/// @param shape of its code; empty when it has none of its own
public record Entry(
    String name,
    long bytes,
    long count,
    OptionalLong future,
    Set<String> facts,
    Optional<Shape> shape) {
  public Entry {
    facts = Set.copyOf(facts);
  }

  /// A row of which nothing but its size is known.
  public static Entry of(String name, long bytes) {
    return new Entry(name, bytes, 1, OptionalLong.empty(), Set.of(), Optional.empty());
  }
}
