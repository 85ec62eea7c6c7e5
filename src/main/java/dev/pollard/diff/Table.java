package dev.pollard.diff;

import java.util.List;

/// The changes of one kind of row. Where rows share out the flash, the sums of old and new bytes
/// are the flash of the two programs.
///
/// @param changes every row of both programs, those that changed most first
public record Table(By by, List<Change> changes) {
  public Table {
    changes = List.copyOf(changes);
  }

  /// The sum of the old program's rows.
  public long oldBytes() {
    return changes.stream().mapToLong(Change::oldBytes).sum();
  }

  /// The sum of the new program's rows.
  public long newBytes() {
    return changes.stream().mapToLong(Change::newBytes).sum();
  }
}
