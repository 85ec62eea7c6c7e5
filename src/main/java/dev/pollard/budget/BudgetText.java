package dev.pollard.budget;

import dev.pollard.diff.By;
import dev.pollard.diff.Change;
import dev.pollard.diff.Diff;
import dev.pollard.report.table.Style;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// A [Verdict] as text for people.
public final class BudgetText {
  private static final int WIDTH = 24;
  private static final int GROWN = 5;

  private final Style style;
  private final StringBuilder out = new StringBuilder();

  private BudgetText(Style style) {
    this.style = style;
  }

  /// Gauges, limits, what grew and what would help. Ends with a line feed.
  public static String render(Verdict verdict, Style style) {
    var text = new BudgetText(style);
    text.all(verdict);
    return text.out.toString();
  }

  private void all(Verdict v) {
    out.append(style.bold(v.program())).append("  ").append(style.faint(v.target())).append('\n');
    if (!v.gauges().isEmpty()) {
      out.append("  ").append(style.faint(v.layout())).append('\n');
    }
    int width = v.gauges().stream().mapToInt(g -> g.region().name().length()).max().orElse(0);
    width = Math.max(width, v.findings().stream().mapToInt(f -> f.key().length()).max().orElse(0));
    for (Gauge g : v.gauges()) {
      line(g.region().name(), g.used(), OptionalLong.of(g.region().length()), width);
      if (g.reserved() > 0) {
        out.append(style.faint(", %,d set aside".formatted(g.reserved())));
      }
      out.append('\n');
    }
    if (!v.gauges().isEmpty() && !v.findings().isEmpty()) {
      out.append('\n');
    }
    for (Finding f : v.findings()) {
      line(f.key(), f.used(), f.max(), width);
      if (f.max().isPresent() && !f.why().equals("max")) {
        out.append(style.faint(" (" + f.why() + ")"));
      }
      if (f.old().isPresent()) {
        out.append(style.faint(", " + signed(f.used() - f.old().getAsLong())));
      }
      out.append('\n');
    }
    v.problems().forEach(p -> out.append("  ").append(style.bad("broken: " + p)).append('\n'));
    v.grown().ifPresent(this::grown);
    if (!v.ways().isEmpty()) {
      out.append("\n  ").append(style.faint("ways back")).append('\n');
      v.ways().forEach(w -> out.append("  ").append(way(w)).append('\n'));
    }
    if (!v.notes().isEmpty()) {
      out.append('\n');
    }
    v.notes().forEach(n -> out.append("note: ").append(n).append('\n'));
  }

  private void line(String name, long used, OptionalLong max, int width) {
    out.append("  ").append(name).append(" ".repeat(width - name.length() + 1));
    if (max.isEmpty()) {
      out.append(String.format(Locale.ROOT, "%,d, no limit yet", used));
      return;
    }
    long most = max.getAsLong();
    boolean broken = used > most;
    String text = bar(used, most) + " " + figures(used, most);
    out.append(broken ? style.bad(text) : text);
  }

  /// `9,840 of 16,384, 60.1 %` and, when it is too much, by how much.
  static String figures(long used, long most) {
    String text = String.format(Locale.ROOT, "%,d of %,d", used, most);
    if (most > 0) {
      text += String.format(Locale.ROOT, ", %.1f %%", 100.0 * used / most);
    }
    return used > most ? text + String.format(Locale.ROOT, ", %,d over", used - most) : text;
  }

  /// A bar of blocks; one that is broken is full of another sign.
  static String bar(long used, long most) {
    if (used > most) {
      return "[" + "!".repeat(WIDTH) + "]";
    }
    int full = most == 0 ? 0 : (int) Math.round(WIDTH * (used / (double) most));
    return "[" + "#".repeat(full) + "·".repeat(WIDTH - full) + "]";
  }

  /// Who grew, at most [#GROWN] of each kind.
  static List<Change> grown(Diff diff, By by) {
    return diff.table(by).map(t -> t.changes()).orElse(List.of()).stream()
        .filter(c -> c.bytes() > 0 || c.future().orElse(0) > 0)
        .limit(GROWN)
        .toList();
  }

  private void grown(Diff diff) {
    long change = diff.flash();
    out.append("\n  ")
        .append(
            style.faint(
                "since the baseline: flash %s"
                    .formatted(change == 0 ? "unchanged" : signed(change))))
        .append('\n');
    for (By by : List.of(By.CRATE, By.MACHINE)) {
      for (Change c : grown(diff, by)) {
        out.append(
            "  %10s  %s %s%s\n"
                .formatted(
                    signed(c.bytes()), by.name().toLowerCase(Locale.ROOT), c.name(), future(c)));
      }
    }
  }

  /// What a change of a machine's future is told as.
  static String future(Change c) {
    long future = c.future().orElse(0);
    return future == 0 ? "" : ", its future " + signed(future);
  }

  /// One way back, with what it gives.
  static String way(Way w) {
    String bytes =
        w.bytes().isEmpty()
            ? ""
            : String.format(Locale.ROOT, "%s%,d", w.most() ? "≤ " : "", w.bytes().getAsLong());
    return "%10s  %s".formatted(bytes, w.text());
  }

  static String signed(long change) {
    return String.format(Locale.ROOT, change > 0 ? "+%,d" : "%,d", change);
  }
}
