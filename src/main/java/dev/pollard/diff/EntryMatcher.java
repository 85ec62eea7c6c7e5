package dev.pollard.diff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Finds which row of the new program is which of the old one.
///
/// Names without numbers are matched as they stand. Rows whose names differ in numbers alone are a
/// [Family]: a closure that is written before others renumbers them all, so the name says little.
/// Both sides of a family stand in the order of their numbers, and the cheapest alignment of the
/// two sequences is taken, where a pair costs what its sizes, code, futures and states differ by (0
/// to 1), and a row alone costs [#ALONE].
final class EntryMatcher {
  /// Two rows that have less than a fifth in common are not the same.
  private static final double ALONE = 0.4;

  /// What a pair of one name costs less.
  private static final double SAME_NAME = 0.05;

  /// The largest table of costs: a family beyond it is matched by names alone.
  private static final long MOST_CELLS = 4_000_000;

  private EntryMatcher() {}

  /// Matches all rows of two tables: each is in exactly one change.
  static List<Change> match(List<Entry> before, List<Entry> after) {
    var families = new LinkedHashMap<String, List<List<Member>>>();
    collect(before, 0, families);
    collect(after, 1, families);
    var changes = new ArrayList<Change>();
    families.values().forEach(f -> match(f.getFirst(), f.getLast(), changes));
    return changes;
  }

  private record Member(Entry entry, Family family) {}

  private static void collect(
      List<Entry> entries, int side, Map<String, List<List<Member>>> families) {
    for (Entry e : entries) {
      Family family = Family.of(e.name());
      families
          .computeIfAbsent(family.name(), _ -> List.of(new ArrayList<>(), new ArrayList<>()))
          .get(side)
          .add(new Member(e, family));
    }
  }

  private static void match(List<Member> before, List<Member> after, List<Change> changes) {
    List<Entry> olds = inOrder(before);
    List<Entry> news = inOrder(after);
    boolean oneName =
        olds.size() == 1
            && news.size() == 1
            && olds.getFirst().name().equals(news.getFirst().name());
    if (oneName) {
      changes.add(Change.of(olds.getFirst(), news.getFirst()));
      return;
    }
    var matched = new BitSet();
    var leftNew = new ArrayList<>(news);
    if ((long) olds.size() * news.size() <= MOST_CELLS) {
      leftNew.clear();
      int[] partners = align(olds, news);
      for (int i = 0; i < partners.length; i++) {
        if (partners[i] < 0) {
          leftNew.add(news.get(i));
        } else {
          matched.set(partners[i]);
          changes.add(Change.of(olds.get(partners[i]), news.get(i)));
        }
      }
    }
    var byName = new HashMap<String, Integer>();
    for (int i = matched.nextClearBit(0); i < olds.size(); i = matched.nextClearBit(i + 1)) {
      byName.put(olds.get(i).name(), i);
    }
    for (Entry e : leftNew) {
      Integer old = byName.remove(e.name());
      if (old == null) {
        changes.add(Change.added(e));
      } else {
        matched.set(old);
        changes.add(Change.of(olds.get(old), e));
      }
    }
    for (int i = matched.nextClearBit(0); i < olds.size(); i = matched.nextClearBit(i + 1)) {
      changes.add(Change.removed(olds.get(i)));
    }
  }

  private static List<Entry> inOrder(List<Member> members) {
    Comparator<Member> order = (a, b) -> Family.compare(a.family.numbers(), b.family.numbers());
    if (members.stream().noneMatch(m -> m.family.isInOrder())) {
      order = Comparator.comparingLong(m -> -m.entry.bytes());
    }
    return members.stream().sorted(order).map(Member::entry).toList();
  }

  /// The cheapest alignment.
  ///
  /// @return for each new row the index of the old one, -1 for none
  private static int[] align(List<Entry> olds, List<Entry> news) {
    var cost = new double[olds.size() + 1][news.size() + 1];
    for (int i = 0; i <= olds.size(); i++) {
      for (int j = 0; j <= news.size(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = (i + j) * ALONE;
        } else {
          double pair = cost[i - 1][j - 1] + distance(olds.get(i - 1), news.get(j - 1));
          cost[i][j] = Math.min(pair, Math.min(cost[i - 1][j], cost[i][j - 1]) + ALONE);
        }
      }
    }
    int[] partners = new int[news.size()];
    Arrays.fill(partners, -1);
    int i = olds.size();
    int j = news.size();
    while (i > 0 && j > 0) {
      if (cost[i][j] == cost[i - 1][j] + ALONE) {
        i--;
      } else if (cost[i][j] == cost[i][j - 1] + ALONE) {
        j--;
      } else {
        partners[--j] = --i;
      }
    }
    return partners;
  }

  /// How different two rows are, from 0 to 1: the mean of all that is known of both.
  private static double distance(Entry a, Entry b) {
    double sum = apart(a.bytes(), b.bytes());
    int parts = 1;
    if (a.shape().isPresent() && b.shape().isPresent()) {
      sum += 1 - a.shape().get().likeness(b.shape().get());
      parts++;
    }
    if (a.future().isPresent() && b.future().isPresent()) {
      sum += apart(a.future().getAsLong(), b.future().getAsLong());
      parts++;
    }
    if (!a.facts().isEmpty() || !b.facts().isEmpty()) {
      var all = new HashSet<>(a.facts());
      all.addAll(b.facts());
      long common = a.facts().stream().filter(b.facts()::contains).count();
      sum += 1 - common / (double) all.size();
      parts++;
    }
    return sum / parts - (a.name().equals(b.name()) ? SAME_NAME : 0);
  }

  private static double apart(long a, long b) {
    long most = Math.max(a, b);
    return most <= 0 ? 0 : 1 - Math.min(a, b) / (double) most;
  }
}
