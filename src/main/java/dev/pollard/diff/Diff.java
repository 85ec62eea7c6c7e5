package dev.pollard.diff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What changed between two programs.
///
/// @param measures of either program, in the order in which they are shown
/// @param tables those that both programs have
public record Diff(Side before, Side after, List<Measure> measures, List<Table> tables) {
  private static final Comparator<Change> MOST =
      Comparator.comparingLong((Change c) -> -Math.abs(c.bytes()))
          .thenComparingLong(c -> -Math.abs(c.future().orElse(0)))
          .thenComparing(Change::name);

  /// One figure of both programs.
  ///
  /// @param before empty where the old program has no such figure
  public record Measure(String name, OptionalLong before, OptionalLong after) {
    /// By how much it grew; empty unless both are known.
    public OptionalLong change() {
      return before.isPresent() && after.isPresent()
          ? OptionalLong.of(after.getAsLong() - before.getAsLong())
          : OptionalLong.empty();
    }
  }

  public Diff {
    measures = List.copyOf(measures);
    tables = List.copyOf(tables);
  }

  /// Compares two programs.
  public static Diff of(Side before, Side after) {
    var names = new LinkedHashSet<String>(before.measures().keySet());
    names.addAll(after.measures().keySet());
    var measures = new ArrayList<Measure>();
    for (String name : names) {
      measures.add(new Measure(name, measure(before, name), measure(after, name)));
    }
    var tables = new ArrayList<Table>();
    for (By by : By.values()) {
      List<Entry> olds = before.tables().get(by);
      List<Entry> news = after.tables().get(by);
      if (olds != null && news != null) {
        var changes = new ArrayList<>(EntryMatcher.match(olds, news));
        changes.sort(MOST);
        tables.add(new Table(by, changes));
      }
    }
    return new Diff(before, after, measures, tables);
  }

  private static OptionalLong measure(Side side, String name) {
    Long value = side.measures().get(name);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /// The table of that kind, if both programs have it.
  public Optional<Table> table(By by) {
    return tables.stream().filter(t -> t.by() == by).findFirst();
  }

  /// By how much the flash grew.
  public long flash() {
    return after.flash() - before.flash();
  }
}
