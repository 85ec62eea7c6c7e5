package dev.pollard.report.table;

import static dev.pollard.report.table.Cells.number;

import dev.pollard.diff.By;
import dev.pollard.diff.Change;
import dev.pollard.diff.Diff;
import dev.pollard.diff.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// A [Diff] as GitHub's Markdown, fit for a comment on a pull request: one line that says it all,
/// the figures, and the tables folded.
public final class DiffMarkdown {
  /// The first line of each: by it a comment is found again that is to be replaced.
  public static final String MARK = "<!-- pollard diff -->";

  private DiffMarkdown() {}

  /// The whole comment. Rows, limit, filter and order are those of the text.
  public static String render(Diff diff, DiffTable.Options options) {
    var out = new StringBuilder(MARK + "\n");
    out.append("### ").append(headline(diff)).append("\n\n");
    out.append(code(diff.before().name()) + " → " + code(diff.after().name()) + "\n\n");
    out.append("| | old | new | change | |\n|---|---:|---:|---:|---:|\n");
    for (Diff.Measure m : diff.measures()) {
      OptionalLong change = m.change();
      out.append(
          "| %s | %s | %s | %s | %s |\n"
              .formatted(
                  m.name(),
                  known(m.before()),
                  known(m.after()),
                  change.isPresent() ? DiffTable.signed(change.getAsLong()) : "",
                  DiffTable.percent(m.before().orElse(0), change.orElse(0))));
    }
    for (By by : options.by()) {
      diff.table(by).ifPresent(t -> table(t, options, out));
    }
    var notes = new ArrayList<String>();
    diff.before().notes().forEach(n -> notes.add(diff.before().name() + ": " + n));
    diff.after().notes().forEach(n -> notes.add(diff.after().name() + ": " + n));
    if (!notes.isEmpty()) {
      out.append("\n");
      notes.forEach(n -> out.append("- ").append(text(n)).append("\n"));
    }
    return out.toString();
  }

  /// What changed, in one line without a line feed.
  public static String headline(Diff diff) {
    long change = diff.flash();
    String what = diff.after().target().startsWith("wasm") ? "file" : "flash";
    if (change == 0) {
      return "%s unchanged: %s bytes".formatted(what, number(diff.after().flash()));
    }
    return "%s %s → %s bytes (%s, %s)"
        .formatted(
            what,
            number(diff.before().flash()),
            number(diff.after().flash()),
            DiffTable.signed(change),
            DiffTable.percent(diff.before().flash(), change));
  }

  private static void table(Table table, DiffTable.Options options, StringBuilder out) {
    List<Change> shown = DiffTable.shown(table, options.limit(), options.wanted(), options.order());
    long changed = table.changes().stream().filter(c -> c.status() != Change.Status.SAME).count();
    String heading = DiffTable.heading(table.by());
    out.append(
        "\n<details><summary>by %s: %d changed, %d unchanged</summary>\n\n"
            .formatted(heading, changed, table.changes().size() - changed));
    out.append("| old | new | change | | %s |\n|---:|---:|---:|---:|---|\n".formatted(heading));
    long old = 0;
    long now = 0;
    for (Change c : shown) {
      old += c.oldBytes();
      now += c.newBytes();
      out.append(
          "| %s | %s | %s | %s | %s |\n"
              .formatted(
                  c.before().isEmpty() ? "" : number(c.oldBytes()),
                  c.after().isEmpty() ? "" : number(c.newBytes()),
                  DiffTable.signed(c.bytes()),
                  share(c),
                  name(c)));
    }
    row(
        "others",
        table.changes().size() - shown.size(),
        table.oldBytes() - old,
        table.newBytes() - now,
        out);
    if (table.by().sharesFlash()) {
      row("total", table.changes().size(), table.oldBytes(), table.newBytes(), out);
    }
    out.append("\n</details>\n");
  }

  private static void row(String name, int rows, long old, long now, StringBuilder out) {
    if (rows > 0) {
      out.append(
          "| %s | %s | %s | %s | *%d %s* |\n"
              .formatted(
                  number(old),
                  number(now),
                  DiffTable.signed(now - old),
                  DiffTable.percent(old, now - old),
                  rows,
                  name));
    }
  }

  private static String share(Change c) {
    return switch (c.status()) {
      case ADDED -> "new";
      case REMOVED -> "gone";
      case CHANGED, SAME -> DiffTable.percent(c.oldBytes(), c.bytes());
    };
  }

  private static String name(Change c) {
    String name = code(c.name());
    if (c.oldName().isPresent()) {
      name += " was " + code(c.oldName().get());
    }
    long future = c.future().orElse(0);
    return future == 0
        ? name
        : name + String.format(Locale.ROOT, " future %s", DiffTable.signed(future));
  }

  private static String known(OptionalLong value) {
    return value.isPresent() ? number(value.getAsLong()) : "";
  }

  /// Any text as code: a fence longer than what is in it; no bar ends the cell and no line the row.
  public static String code(String text) {
    String plain = text.replaceAll("\\p{Cntrl}", " ").replace("|", "\\|");
    int longest = 0;
    int run = 0;
    for (int i = 0; i < plain.length(); i++) {
      run = plain.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    String fence = "`".repeat(longest + 1);
    String blank = plain.startsWith("`") || plain.endsWith("`") ? " " : "";
    return fence + blank + plain + blank + fence;
  }

  /// Any text as itself.
  public static String text(String text) {
    return text.replaceAll("\\p{Cntrl}", " ").replaceAll("([\\\\`*_\\[\\]<>|#&~])", "\\\\$1");
  }
}
