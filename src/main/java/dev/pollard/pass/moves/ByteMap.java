package dev.pollard.pass.moves;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What is known of each byte of a stack slot at one point of a program. Immutable.
///
/// A byte is [#UNWRITTEN] since its lifetime started (then it is undefined and may be taken for
/// anything), or holds the same constant in every execution that wrote it, or is [#UNKNOWN].
final class ByteMap {
  /// Never written.
  static final int UNWRITTEN = -1;

  /// Written with something that is not known.
  static final int UNKNOWN = 256;

  /// A run of bytes of which the same is known.
  ///
  /// @param from the first byte
  /// @param to after the last byte
  /// @param value [#UNWRITTEN], a constant from 0 to 255, or [#UNKNOWN]
  record Run(long from, long to, int value) {
    Run {
      if (from >= to) {
        throw new IllegalArgumentException("an empty run");
      }
    }

    long length() {
      return to - from;
    }
  }

  private final long[] ends;
  private final int[] values;

  private ByteMap(long[] ends, int[] values) {
    this.ends = ends;
    this.values = values;
  }

  /// A slot of `size` bytes, at least 1, that are all `value`.
  static ByteMap filled(long size, int value) {
    return new ByteMap(new long[] {size}, new int[] {value});
  }

  /// The size of the slot.
  long size() {
    return ends[ends.length - 1];
  }

  /// The runs from `from` up to `to`, longest possible.
  List<Run> runs(long from, long to) {
    List<Run> runs = new ArrayList<>();
    long start = 0;
    for (int i = 0; i < ends.length; i++) {
      long low = Math.max(start, from);
      long high = Math.min(ends[i], to);
      if (low < high) {
        runs.add(new Run(low, high, values[i]));
      }
      start = ends[i];
    }
    return runs;
  }

  /// This, with the bytes from `from` up to `to` being `value`.
  ByteMap with(long from, long to, int value) {
    return from >= to ? this : replaced(from, to, List.of(new Run(from, to, value)));
  }

  /// This, after a write of `value` that may have hit any byte from `from` up to `to`.
  ByteMap perhaps(long from, long to, int value) {
    if (from >= to) {
      return this;
    }
    List<Run> joined =
        runs(from, to).stream()
            .map(r -> new Run(r.from(), r.to(), join(r.value(), value)))
            .toList();
    return replaced(from, to, joined);
  }

  /// This, after `length` bytes from `sourceFrom` of `source` were copied to `from`.
  ByteMap copied(long from, ByteMap source, long sourceFrom, long length) {
    if (length <= 0) {
      return this;
    }
    long shift = from - sourceFrom;
    List<Run> moved =
        source.runs(sourceFrom, sourceFrom + length).stream()
            .map(r -> new Run(r.from() + shift, r.to() + shift, r.value()))
            .toList();
    return replaced(from, from + length, moved);
  }

  /// What is known where two ways meet.
  ByteMap join(ByteMap other) {
    if (other.equals(this)) {
      return this;
    }
    List<Run> joined = new ArrayList<>();
    for (Run run : runs(0, size())) {
      for (Run there : other.runs(run.from(), run.to())) {
        joined.add(new Run(there.from(), there.to(), join(run.value(), there.value())));
      }
    }
    return of(joined);
  }

  /// An undefined byte may be taken for the other; two different ones are unknown.
  static int join(int a, int b) {
    if (a == UNWRITTEN || a == b) {
      return b;
    }
    return b == UNWRITTEN ? a : UNKNOWN;
  }

  private ByteMap replaced(long from, long to, List<Run> middle) {
    List<Run> all = new ArrayList<>(runs(0, from));
    all.addAll(middle);
    all.addAll(runs(to, size()));
    return of(all);
  }

  private static ByteMap of(List<Run> runs) {
    long[] ends = new long[runs.size()];
    int[] values = new int[runs.size()];
    int count = 0;
    for (Run run : runs) {
      if (count > 0 && values[count - 1] == run.value()) {
        ends[count - 1] = run.to();
      } else {
        ends[count] = run.to();
        values[count] = run.value();
        count++;
      }
    }
    return new ByteMap(Arrays.copyOf(ends, count), Arrays.copyOf(values, count));
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof ByteMap other
        && Arrays.equals(ends, other.ends)
        && Arrays.equals(values, other.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(ends) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return runs(0, size()).toString();
  }
}
