package dev.pollard.inspect;

import dev.pollard.dwarf.LineTable;
import dev.pollard.dwarf.Unit;
import dev.pollard.object.MalformedObjectException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// From addresses to lines, over the line tables of several units.
final class LineIndex {
  private record Sequence(long start, long end, LineTable table, int from, int to) {}

  /// Takes one stretch of code.
  interface Sink {
    /// Takes the next part.
    ///
    /// @param table the table of the stretch; empty where there is none
    /// @param row the row of that table
    void take(Optional<LineTable> table, int row, long bytes);
  }

  private final List<Sequence> sequences = new ArrayList<>();

  /// Reads the tables of units. What the linker dropped is left out.
  LineIndex(Collection<Unit> units, DebugWalk.Code code) throws MalformedObjectException {
    var all = new ArrayList<Sequence>();
    for (Unit unit : units) {
      Optional<LineTable> lines = unit.lines();
      if (lines.isPresent()) {
        split(lines.get(), code, all);
      }
    }
    all.sort((a, b) -> Long.compareUnsigned(a.start, b.start));
    for (Sequence s : all) {
      if (sequences.isEmpty() || Long.compareUnsigned(s.start, sequences.getLast().end) >= 0) {
        sequences.add(s);
      }
    }
  }

  private static void split(LineTable table, DebugWalk.Code code, List<Sequence> into) {
    int from = 0;
    boolean ascends = true;
    for (int row = 0; row < table.rows(); row++) {
      ascends &=
          row == from || Long.compareUnsigned(table.address(row - 1), table.address(row)) <= 0;
      if (table.line(row) < 0) {
        long start = table.address(from);
        if (ascends && table.address(row) != start && code.hasLines(start)) {
          into.add(new Sequence(start, table.address(row), table, from, row));
        }
        from = row + 1;
        ascends = true;
      }
    }
  }

  /// Cuts a stretch of code by line; the parts add up to it.
  void cut(long start, long end, Sink sink) {
    long at = start;
    int s = sequenceAt(start);
    while (at < end) {
      while (s < sequences.size() && sequences.get(s).end <= at) {
        s++;
      }
      if (s == sequences.size() || sequences.get(s).start >= end) {
        sink.take(Optional.empty(), 0, end - at);
        return;
      }
      Sequence sequence = sequences.get(s);
      if (sequence.start > at) {
        sink.take(Optional.empty(), 0, sequence.start - at);
        at = sequence.start;
      }
      int row = rowAt(sequence, at);
      while (at < end && row < sequence.to) {
        long next = Math.min(end, sequence.table.address(row + 1));
        if (next > at) {
          sink.take(Optional.of(sequence.table), row, next - at);
          at = next;
        }
        row++;
      }
    }
  }

  private int sequenceAt(long address) {
    int low = 0;
    int high = sequences.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sequences.get(middle).end <= address) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// The last row that begins at or before the address.
  private static int rowAt(Sequence s, long address) {
    int low = s.from;
    int high = s.to;
    while (low + 1 < high) {
      int middle = (low + high) >>> 1;
      if (s.table.address(middle) <= address) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
