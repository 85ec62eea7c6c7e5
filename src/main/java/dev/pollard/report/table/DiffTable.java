package dev.pollard.report.table;

import static dev.pollard.report.table.Cells.number;
import static dev.pollard.report.table.Cells.right;

import dev.pollard.diff.By;
import dev.pollard.diff.Change;
import dev.pollard.diff.Diff;
import dev.pollard.diff.Table;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/// A [Diff] as text for people. What is not shown, because nothing changed, or because of the limit
/// or the filter, stands in lines of its own: so the lines add up to the total, which is the two
/// files' flash.
public final class DiffTable {
  private static final int NUMBER = 11;

  private final Options options;
  private final StringBuilder out = new StringBuilder();

  /// What is shown.
  ///
  /// @param by the tables; those that the programs do not both have are left out
  /// @param limit rows of each; 0 for all
  /// @param wanted the names of rows
  /// @param width columns to which long names are cut; 0 for no end
  public record Options(
      Style style,
      List<By> by,
      int limit,
      Predicate<String> wanted,
      Comparator<Change> order,
      int width) {
    public Options {
      by = List.copyOf(by);
    }
  }

  private DiffTable(Options options) {
    this.options = options;
  }

  /// The figures, the tables, the notes.
  public static String render(Diff diff, Options options) {
    var table = new DiffTable(options);
    table.head(diff);
    for (By by : options.by) {
      diff.table(by).ifPresent(table::table);
    }
    table.notes(diff);
    return table.out.toString();
  }

  /// The rows of a table that are shown: those that changed and are wanted, in order.
  static List<Change> shown(
      Table table, int limit, Predicate<String> wanted, Comparator<Change> order) {
    var rows =
        table.changes().stream()
            .filter(c -> c.status() != Change.Status.SAME && isWanted(c, wanted))
            .sorted(order)
            .toList();
    return limit > 0 && rows.size() > limit ? rows.subList(0, limit) : rows;
  }

  private static boolean isWanted(Change c, Predicate<String> wanted) {
    return wanted.test(c.name()) || c.oldName().filter(wanted).isPresent();
  }

  private void head(Diff diff) {
    out.append(options.style.bold(diff.before().name() + " → " + diff.after().name()));
    String from = diff.before().target();
    String to = diff.after().target();
    out.append("  ")
        .append(options.style.faint(from.equals(to) ? to : from + " → " + to))
        .append('\n');
    int width = diff.measures().stream().mapToInt(m -> m.name().length()).max().orElse(0);
    out.append(options.style.faint(" ".repeat(width + 2) + titles())).append('\n');
    for (Diff.Measure m : diff.measures()) {
      out.append("  ").append(m.name()).append(" ".repeat(width - m.name().length()));
      out.append(right(known(m.before()), NUMBER)).append(right(known(m.after()), NUMBER));
      if (m.change().isPresent()) {
        long change = m.change().getAsLong();
        String cells =
            right(signed(change), NUMBER) + right(percent(m.before().orElse(0), change), 9);
        out.append(marked(change, cells.stripTrailing()));
      }
      out.append('\n');
    }
  }

  private void table(Table table) {
    out.append('\n');
    out.append(options.style.faint(titles() + "         " + "  " + heading(table.by())));
    out.append('\n');
    List<Change> shown = shown(table, options.limit, options.wanted, options.order);
    shown.forEach(this::row);
    List<Change> same =
        table.changes().stream().filter(c -> c.status() == Change.Status.SAME).toList();
    Set<Change> listed = Collections.newSetFromMap(new IdentityHashMap<>());
    listed.addAll(shown);
    List<Change> rest =
        table.changes().stream()
            .filter(c -> c.status() != Change.Status.SAME && !listed.contains(c))
            .toList();
    boolean cut = rest.stream().anyMatch(c -> isWanted(c, options.wanted));
    summary(rest, rest.size() + (cut ? " more; -n 0 shows all" : " others"));
    summary(same, same.size() + " unchanged");
    if (table.by().sharesFlash()) {
      summary(table.changes(), "total");
    }
  }

  private void summary(List<Change> rows, String name) {
    if (!rows.isEmpty()) {
      long old = rows.stream().mapToLong(Change::oldBytes).sum();
      long now = rows.stream().mapToLong(Change::newBytes).sum();
      line(cells(number(old), number(now), now - old, percent(old, now - old)), "[" + name + "]");
    }
  }

  private void row(Change c) {
    String name = c.name();
    if (c.oldName().isPresent()) {
      name += " (was " + lastPart(c.oldName().get()) + ")";
    }
    if (c.future().orElse(0) != 0) {
      name +=
          "  future %s → %s"
              .formatted(
                  number(c.before().orElseThrow().future().orElse(0)),
                  number(c.after().orElseThrow().future().orElse(0)));
    }
    String old = c.before().isEmpty() ? "" : number(c.oldBytes());
    String now = c.after().isEmpty() ? "" : number(c.newBytes());
    String share =
        switch (c.status()) {
          case ADDED -> "new";
          case REMOVED -> "gone";
          case CHANGED, SAME -> percent(c.oldBytes(), c.bytes());
        };
    line(cells(old, now, c.bytes(), share), name);
  }

  private String cells(String old, String now, long change, String share) {
    return right(old, NUMBER)
        + right(now, NUMBER)
        + marked(change, right(signed(change), NUMBER) + right(share, 9));
  }

  private void line(String cells, String name) {
    int room = options.width - 3 * NUMBER - 11;
    boolean cut = options.width > 0 && name.length() > room && room > 1;
    out.append(cells)
        .append("  ")
        .append(cut ? name.substring(0, room - 1) + "…" : name)
        .append('\n');
  }

  private void notes(Diff diff) {
    if (!diff.before().notes().isEmpty() || !diff.after().notes().isEmpty()) {
      out.append('\n');
    }
    diff.before().notes().forEach(n -> note(diff.before().name(), n));
    diff.after().notes().forEach(n -> note(diff.after().name(), n));
  }

  private void note(String file, String text) {
    out.append("note: ").append(file).append(": ").append(text).append('\n');
  }

  private String marked(long change, String text) {
    return change == 0 ? text : change < 0 ? options.style.good(text) : options.style.bad(text);
  }

  private static String titles() {
    return right("old", NUMBER) + right("new", NUMBER) + right("change", NUMBER);
  }

  /// What the rows of a table are called.
  static String heading(By by) {
    return by == By.FRAME ? "stack frame of" : by.name().toLowerCase(Locale.ROOT);
  }

  /// The part of a name that has its number.
  private static String lastPart(String name) {
    int brace = name.lastIndexOf("::{");
    return brace < 0 ? name : name.substring(brace + 2);
  }

  /// A change with its sign; a dash is a minus of the same width.
  static String signed(long change) {
    return change > 0 ? "+" + number(change) : number(change);
  }

  /// A change in percent of the old value; empty where there is none.
  static String percent(long old, long change) {
    return old == 0 || change == 0
        ? ""
        : String.format(Locale.ROOT, "%+.1f %%", 100.0 * change / old);
  }

  private static String known(OptionalLong value) {
    return value.isPresent() ? number(value.getAsLong()) : "";
  }
}
