package dev.pollard.inspect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which code uses which constants. A constant begins at an address that something points to.
final class ConstantUsers {
  /// Of how many users of one constant is known; a string such as `/` has thousands.
  private static final int MOST_USERS = 64;

  private final TreeMap<Long, Constant> constants = new TreeMap<>();
  private final List<long[]> pointers = new ArrayList<>();

  private static final class Constant {
    final TreeSet<Integer> users = new TreeSet<>();
    final List<Constant> pointsTo = new ArrayList<>();
  }

  /// Takes a part of a stretch.
  @FunctionalInterface
  interface Sink {
    /// Takes the next part.
    ///
    /// @param node of a user, -1 for none
    void take(long start, long end, int node);
  }

  /// Notes that code of a node has the address of a constant.
  void used(long address, int node) {
    join(at(address), node);
  }

  /// Notes that a word of a constant is the address of another.
  void pointedTo(long from, long to) {
    at(to);
    pointers.add(new long[] {from, to});
  }

  private Constant at(long address) {
    return constants.computeIfAbsent(address, _ -> new Constant());
  }

  private static boolean join(Constant constant, int node) {
    return constant.users.size() < MOST_USERS && constant.users.add(node);
  }

  /// Hands the users of constants on to those that they point to, once all is noted.
  void settle() {
    for (long[] pointer : pointers) {
      var from = constants.floorEntry(pointer[0]);
      if (from != null) {
        from.getValue().pointsTo.add(at(pointer[1]));
      }
    }
    var changed = new ArrayDeque<Constant>(constants.values());
    while (!changed.isEmpty()) {
      Constant constant = changed.poll();
      for (Constant to : constant.pointsTo) {
        boolean more = false;
        for (int node : constant.users) {
          more |= join(to, node);
        }
        if (more && to != constant) {
          changed.add(to);
        }
      }
    }
  }

  /// Cuts a stretch by constants and their users; the parts add up to it.
  void cut(long start, long end, Sink sink) {
    var first = constants.ceilingKey(start);
    if (first == null || first >= end) {
      sink.take(start, end, -1);
      return;
    }
    sink.take(start, first, -1);
    long at = first;
    for (var entry : constants.subMap(first, true, end, false).entrySet()) {
      Long next = constants.higherKey(entry.getKey());
      long stop = next == null ? end : Math.min(next, end);
      share(at, stop, entry.getValue().users, sink);
      at = stop;
    }
  }

  private static void share(long start, long end, Set<Integer> users, Sink sink) {
    if (users.isEmpty()) {
      sink.take(start, end, -1);
      return;
    }
    long done = 0;
    int n = 0;
    for (int node : users) {
      n++;
      long until = (end - start) * n / users.size();
      sink.take(start + done, start + until, node);
      done = until;
    }
  }
}
