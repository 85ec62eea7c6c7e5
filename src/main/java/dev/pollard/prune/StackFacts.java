package dev.pollard.prune;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The stack of an object's poll functions.
///
/// @param pollFrames from a machine's name to the stack frame of its poll function, bytes
/// @param deepestPollPath the deepest static stack path from a poll function, bytes; 0 when there
///   is none
public record StackFacts(Map<String, Long> pollFrames, long deepestPollPath) {
  /// Of a program without poll functions.
  public static final StackFacts NONE = new StackFacts(Map.of(), 0);

  public StackFacts {
    pollFrames = Collections.unmodifiableMap(new LinkedHashMap<>(pollFrames));
  }

  /// The frames of all poll functions together, bytes.
  public long totalFrames() {
    return pollFrames.values().stream().mapToLong(Long::longValue).sum();
  }
}
