package dev.pollard.inspect;

import java.util.Arrays;

/// A list of longs that grows.
final class Longs {
  private long[] values = new long[64];
  private int size;

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  long get(int index) {
    if (index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    return values[index];
  }

  int size() {
    return size;
  }

  /// The place of a value in a list that ascends, negative for none.
  int find(long value) {
    return Arrays.binarySearch(values, 0, size, value);
  }
}
