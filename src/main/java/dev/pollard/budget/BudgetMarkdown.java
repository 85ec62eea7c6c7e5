package dev.pollard.budget;

import dev.pollard.diff.By;
import dev.pollard.diff.Change;
import dev.pollard.report.table.DiffMarkdown;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// A [Verdict] as GitHub's Markdown: a step's summary, or a comment on a pull request.
public final class BudgetMarkdown {
  /// The first line of each: by it a comment is found again that is to be replaced.
  public static final String MARK = "<!-- pollard budget -->";

  private BudgetMarkdown() {}

  /// The whole text.
  public static String render(Verdict v) {
    var out = new StringBuilder(MARK + "\n");
    out.append("### ").append(v.isBroken() ? "❌ " : "✅ ").append(headline(v)).append("\n\n");
    if (!v.gauges().isEmpty() || !v.findings().isEmpty()) {
      out.append("| | | used | limit | | since the baseline |\n|---|---|---:|---:|---:|---:|\n");
      v.gauges()
          .forEach(g ->
              row(
                  g.region().name(),
                  g.used(),
                  OptionalLong.of(g.region().length()),
                  OptionalLong.empty(),
                  out));
      v.findings().forEach(f -> row(f.key(), f.used(), f.max(), f.old(), out));
    }
    list("Broken", v.problems(), out);
    v.grown()
        .ifPresent(diff -> {
          for (By by : List.of(By.CRATE, By.MACHINE)) {
            List<Change> grown = BudgetText.grown(diff, by);
            if (!grown.isEmpty()) {
              out.append(
                  "\n<details><summary>Grown, by %s</summary>\n\n| bytes | |\n|---:|---|\n"
                      .formatted(by.name().toLowerCase(Locale.ROOT)));
              grown.forEach(c ->
                  out.append(
                      "| %s | %s%s |\n"
                          .formatted(
                              BudgetText.signed(c.bytes()),
                              DiffMarkdown.code(c.name()),
                              BudgetText.future(c))));
              out.append("\n</details>\n");
            }
          }
        });
    list("Ways back", v.ways().stream().map(w -> BudgetText.way(w).strip()).toList(), out);
    list("Notes", v.notes(), out);
    return out.toString();
  }

  /// How it stands, in one line.
  static String headline(Verdict v) {
    List<String> broken =
        v.findings().stream().filter(Finding::isBroken).map(Finding::key).toList();
    var full =
        v.gauges().stream()
            .filter(Gauge::isBroken)
            .map(g -> g.region().name() + " is full")
            .toList();
    if (!v.isBroken()) {
      return DiffMarkdown.text(v.program()) + " keeps to its budget";
    }
    var what = new java.util.ArrayList<>(broken);
    what.addAll(full);
    return DiffMarkdown.text(
        v.program()
            + " breaks its budget"
            + (what.isEmpty() ? "" : ": " + String.join(", ", what)));
  }

  private static void row(
      String name, long used, OptionalLong max, OptionalLong old, StringBuilder out) {
    boolean broken = max.isPresent() && used > max.getAsLong();
    String part =
        max.isPresent() && max.getAsLong() > 0
            ? String.format(Locale.ROOT, "%.1f %%", 100.0 * used / max.getAsLong())
            : "";
    out.append(
        "| %s | %s | %s | %s | %s | %s |\n"
            .formatted(
                DiffMarkdown.text(name),
                max.isPresent() ? DiffMarkdown.code(BudgetText.bar(used, max.getAsLong())) : "",
                String.format(Locale.ROOT, broken ? "**%,d**" : "%,d", used),
                max.isPresent() ? String.format(Locale.ROOT, "%,d", max.getAsLong()) : "",
                part,
                old.isPresent() ? BudgetText.signed(used - old.getAsLong()) : ""));
  }

  private static void list(String title, List<String> lines, StringBuilder out) {
    if (!lines.isEmpty()) {
      out.append("\n").append(title).append(":\n\n");
      lines.forEach(l -> out.append("- ").append(DiffMarkdown.text(l)).append("\n"));
    }
  }
}
