package dev.pollard.diff;

import java.util.Optional;
import java.util.OptionalLong;

/// One row of both programs, or of one that the other has no match for.
///
/// @param before the old one; empty for what is new
/// @param after the new one; empty for what is gone
public record Change(Optional<Entry> before, Optional<Entry> after) {
  public Change {
    if (before.isEmpty() && after.isEmpty()) {
      throw new IllegalArgumentException("a change of nothing");
    }
  }

  static Change of(Entry before, Entry after) {
    return new Change(Optional.of(before), Optional.of(after));
  }

  static Change added(Entry after) {
    return new Change(Optional.empty(), Optional.of(after));
  }

  static Change removed(Entry before) {
    return new Change(Optional.of(before), Optional.empty());
  }

  /// How it is called: as in the new program, if it is there.
  public String name() {
    return after.or(() -> before).orElseThrow().name();
  }

  /// The other name that it had; empty when it had none.
  public Optional<String> oldName() {
    return before.map(Entry::name).filter(n -> !n.equals(name()));
  }

  /// Bytes in the old program, 0 when it was not there.
  public long oldBytes() {
    return before.map(Entry::bytes).orElse(0L);
  }

  /// Bytes in the new program, 0 when it is gone.
  public long newBytes() {
    return after.map(Entry::bytes).orElse(0L);
  }

  /// By how much it grew; negative when it shrank.
  public long bytes() {
    return newBytes() - oldBytes();
  }

  /// By how much the number of instances grew.
  public long count() {
    return after.map(Entry::count).orElse(0L) - before.map(Entry::count).orElse(0L);
  }

  /// By how much its future grew; empty unless both are known.
  public OptionalLong future() {
    OptionalLong old = before.map(Entry::future).orElse(OptionalLong.empty());
    OptionalLong now = after.map(Entry::future).orElse(OptionalLong.empty());
    return old.isPresent() && now.isPresent()
        ? OptionalLong.of(now.getAsLong() - old.getAsLong())
        : OptionalLong.empty();
  }

  /// What happened to it.
  public Status status() {
    if (before.isEmpty()) {
      return Status.ADDED;
    }
    if (after.isEmpty()) {
      return Status.REMOVED;
    }
    return bytes() == 0 && future().orElse(0) == 0 ? Status.SAME : Status.CHANGED;
  }

  /// What happened to a row.
  public enum Status {
    ADDED,
    REMOVED,
    CHANGED,
    /// Neither its code nor its future has another size.
    SAME
  }
}
