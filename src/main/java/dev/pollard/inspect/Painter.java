package dev.pollard.inspect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Cuts intervals that overlap in any way into pieces of one owner each: where several lie, the one
/// of the greatest rank wins, and of equal ones the later. Takes `n log n` for any input.
final class Painter {
  /// Part of the space, `end` exclusive.
  record Interval(long start, long end, int rank, int owner) {}

  /// A piece that belongs to one owner.
  record Stroke(long start, long end, int owner) {}

  private static final Comparator<Interval> TOP =
      Comparator.comparingInt(Interval::rank).thenComparingInt(Interval::owner).reversed();

  private Painter() {}

  /// The pieces in ascending order; they do not overlap, and gaps stay where no interval lies.
  static List<Stroke> paint(List<Interval> intervals) {
    var sorted = new ArrayList<>(intervals);
    sorted.removeIf(i -> Long.compareUnsigned(i.start, i.end) >= 0);
    sorted.sort((a, b) -> Long.compareUnsigned(a.start, b.start));
    long[] ends = sorted.stream().mapToLong(i -> i.end ^ Long.MIN_VALUE).sorted().toArray();
    var strokes = new ArrayList<Stroke>();
    var active = new PriorityQueue<Interval>(TOP);
    int nextStart = 0;
    int nextEnd = 0;
    while (nextEnd < ends.length) {
      long end = ends[nextEnd] ^ Long.MIN_VALUE;
      boolean begins =
          nextStart < sorted.size() && Long.compareUnsigned(sorted.get(nextStart).start, end) < 0;
      long here = begins ? sorted.get(nextStart).start : end;
      while (nextStart < sorted.size() && sorted.get(nextStart).start == here) {
        active.add(sorted.get(nextStart++));
      }
      while (nextEnd < ends.length && (ends[nextEnd] ^ Long.MIN_VALUE) == here) {
        nextEnd++;
      }
      Interval top = active.peek();
      while (top != null && Long.compareUnsigned(top.end, here) <= 0) {
        active.remove();
        top = active.peek();
      }
      if (top == null) {
        continue;
      }
      long stop = nextEnd < ends.length ? ends[nextEnd] ^ Long.MIN_VALUE : top.end;
      if (nextStart < sorted.size()
          && Long.compareUnsigned(sorted.get(nextStart).start, stop) < 0) {
        stop = sorted.get(nextStart).start;
      }
      Stroke last = strokes.isEmpty() ? new Stroke(0, 0, -1) : strokes.getLast();
      if (last.owner == top.owner && last.end == here) {
        strokes.set(strokes.size() - 1, new Stroke(last.start, stop, top.owner));
      } else {
        strokes.add(new Stroke(here, stop, top.owner));
      }
    }
    return strokes;
  }
}
