package dev.pollard.report.table;

import static dev.pollard.report.table.Cells.number;
import static dev.pollard.report.table.Cells.right;

import dev.pollard.report.BuildReport;
import dev.pollard.report.Measurement;
import dev.pollard.report.PassGain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/// [BuildReport]s as text for people: sizes stock against pruned, what each pass gave, the time.
public final class BuildTable {
  private static final int LABEL = 22;
  private static final int NUMBER = 12;

  private final Style style;
  private final StringBuilder out = new StringBuilder();

  private BuildTable(Style style) {
    this.style = style;
  }

  /// One block per artifact, and a line per artifact at the end when there are several. Ends with a
  /// line feed; empty for no report.
  public static String render(List<BuildReport> reports, Style style) {
    var table = new BuildTable(style);
    for (BuildReport report : reports) {
      table.block(report);
    }
    if (reports.size() > 1) {
      table.summary(reports);
    }
    return table.out.toString();
  }

  /// One line on one artifact, without a line feed: what a plain `cargo build` may show.
  public static String line(BuildReport report, Style style) {
    String name = style.bold("pollard") + " " + report.artifact() + ": ";
    if (report.fallback().isPresent()) {
      return name + style.bad("stock artifact kept: " + report.keptStock().orElseThrow());
    }
    long stock = report.stock().flash();
    long pruned = report.pruned().flash();
    return name
        + "%s -> %s bytes of %s, ".formatted(number(stock), number(pruned), flashName(report))
        + saved(style, stock, pruned, "%s saved".formatted(percent(stock, pruned)))
        + ", "
        + time(report);
  }

  private void block(BuildReport report) {
    out.append(style.bold(report.artifact()))
        .append("  ")
        .append(
            style.faint(
                "%s, %s, effort %s, %s"
                    .formatted(
                        report.target(),
                        report.toolchain(),
                        report.effort().name().toLowerCase(Locale.ROOT),
                        count(report.machines(), "async state machine"))))
        .append('\n');
    report
        .keptStock()
        .ifPresent(reason ->
            out.append("  ").append(style.bad("stock artifact kept: " + reason)).append('\n'));
    if (report.isRelinked()) {
      out.append("  ").append(style.faint("unchanged, not pruned again: linked anew")).append('\n');
    }
    heading("", "stock", "pruned", "saved");
    row(report, flashName(report), Measurement::flash);
    if (report.stock().gzip().isPresent() && report.pruned().gzip().isPresent()) {
      row(report, "  gzip", m -> m.gzip().orElse(0));
    }
    if (report.stock().brotli().isPresent() && report.pruned().brotli().isPresent()) {
      row(report, "  brotli", m -> m.brotli().orElse(0));
    }
    row(report, "  text", Measurement::text);
    row(report, "  rodata", Measurement::rodata);
    row(report, "  data", Measurement::data);
    row(report, "RAM", Measurement::ram);
    if (!report.stock().pollFrames().isEmpty() || !report.pruned().pollFrames().isEmpty()) {
      row(report, "largest poll frame", Measurement::largestPollFrame);
      row(report, "deepest poll stack", Measurement::deepestPollPath);
    }
    if (!report.passes().isEmpty()) {
      out.append('\n');
      heading("pass", "changes", "flash saved", "stack saved");
      for (PassGain pass : report.passes()) {
        cells(pass.name(), number(pass.count()), gain(pass.flashSaved()), gain(pass.stackSaved()));
      }
    }
    out.append('\n').append("  ").append(time(report));
    var stages = new ArrayList<String>();
    report.seconds().entrySet().stream()
        .filter(e -> !e.getKey().equals(BuildReport.RUSTC))
        .map(BuildTable::stage)
        .forEach(stages::add);
    if (!stages.isEmpty()) {
      out.append(style.faint(" (" + String.join(", ", stages) + ")"));
    }
    out.append("\n\n");
  }

  private void summary(List<BuildReport> reports) {
    int width = LABEL;
    for (BuildReport report : reports) {
      width = Math.max(width, report.artifact().length() + 1);
    }
    out.append("  ").append(style.faint(pad("flash", width)));
    for (String title : List.of("stock", "pruned", "saved")) {
      out.append(style.faint(right(title, NUMBER)));
    }
    out.append('\n');
    for (BuildReport report : reports) {
      long stock = report.stock().flash();
      long pruned = report.pruned().flash();
      out.append("  ").append(pad(report.artifact(), width));
      out.append(right(number(stock), NUMBER)).append(right(number(pruned), NUMBER));
      if (report.fallback().isPresent()) {
        out.append(style.bad(right("stock kept", NUMBER)));
      } else {
        out.append(saved(style, stock, pruned, right(number(stock - pruned), NUMBER)));
        out.append(saved(style, stock, pruned, right(percent(stock, pruned), 9)));
      }
      out.append('\n');
    }
    out.append('\n');
  }

  private void heading(String label, String first, String second, String third) {
    out.append("  ").append(style.faint(pad(label, LABEL)));
    for (String title : List.of(first, second, third)) {
      out.append(style.faint(right(title, NUMBER)));
    }
    out.append('\n');
  }

  private void cells(String label, String first, String second, String third) {
    out.append("  ").append(pad(label, LABEL));
    for (String cell : List.of(first, second, third)) {
      out.append(right(cell, NUMBER));
    }
    out.append('\n');
  }

  private void row(BuildReport report, String label, ToLongFunction<Measurement> field) {
    long stock = field.applyAsLong(report.stock());
    long pruned = field.applyAsLong(report.pruned());
    out.append("  ").append(pad(label, LABEL));
    out.append(right(number(stock), NUMBER)).append(right(number(pruned), NUMBER));
    String difference = right(number(stock - pruned), NUMBER);
    out.append(saved(style, stock, pruned, difference + right(percent(stock, pruned), 9)));
    out.append('\n');
  }

  private static String saved(Style style, long stock, long pruned, String text) {
    if (pruned < stock) {
      return style.good(text);
    }
    return pruned > stock ? style.bad(text) : text;
  }

  private static String flashName(BuildReport report) {
    return report.target().startsWith("wasm") ? "file" : "flash";
  }

  private static String gain(OptionalLong bytes) {
    return bytes.isPresent() ? number(bytes.getAsLong()) : "-";
  }

  private static String time(BuildReport report) {
    Duration rustc = report.seconds().getOrDefault(BuildReport.RUSTC, Duration.ZERO);
    Duration added = report.addedTime();
    String text = seconds(added) + " s added";
    if (!rustc.isZero()) {
      text +=
          String.format(
              Locale.ROOT,
              ", %.2fx the final rustc call (%s s)",
              added.toMillis() / (double) Math.max(1, rustc.toMillis()),
              seconds(rustc));
    }
    return text;
  }

  private static String stage(Map.Entry<String, Duration> stage) {
    return stage.getKey() + " " + seconds(stage.getValue());
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
  }

  private static String percent(long stock, long pruned) {
    return stock == 0
        ? ""
        : String.format(Locale.ROOT, "%.1f %%", 100.0 * (stock - pruned) / stock);
  }

  private static String count(long count, String what) {
    return number(count) + " " + what + (count == 1 ? "" : "s");
  }

  private static String pad(String text, int width) {
    return text.length() >= width ? text + " " : text + " ".repeat(width - text.length());
  }
}
