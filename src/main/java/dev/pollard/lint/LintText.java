package dev.pollard.lint;

import dev.pollard.report.table.Style;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// A [LintReport] for people, in rustc's manner.
public final class LintText {
  private LintText() {}

  /// The report as text.
  ///
  /// @param root paths count from it
  public static String render(LintReport report, Path root, Style style) {
    var out = new StringBuilder();
    for (Finding finding : report.findings()) {
      out.append(one(finding, root, style)).append('\n');
    }
    out.append(summary(report, style));
    return out.toString();
  }

  private static String one(Finding finding, Path root, Style style) {
    boolean warning = finding.level() == Level.WARN;
    var out = new StringBuilder();
    String head = warning ? style.bad("warning") : style.good("note");
    out.append(head)
        .append(style.bold(": " + finding.message()))
        .append(style.faint(" [" + finding.rule().id() + "]"))
        .append('\n');
    String line = String.valueOf(finding.line());
    String gutter = " ".repeat(line.length());
    out.append(gutter)
        .append("--> ")
        .append(path(finding.file(), root))
        .append(":%s:%d\n".formatted(line, finding.column()));
    String text = lineOf(finding);
    out.append(gutter).append(" |\n");
    out.append(line).append(" | ").append(text.stripTrailing()).append('\n');
    out.append(gutter).append(" | ").append(marks(finding, text)).append('\n');
    saving(finding).ifPresent(s -> out.append(gutter).append(" = ").append(s).append('\n'));
    finding.notes().forEach(n -> out.append(gutter).append(" = note: ").append(n).append('\n'));
    boolean leave = finding.saving().basis() == Saving.Basis.TRIED && !finding.pays();
    out.append(gutter)
        .append(leave ? " = help: leave it as it is here; elsewhere " : " = help: ")
        .append(finding.help())
        .append('\n');
    return out.toString();
  }

  private static String lineOf(Finding finding) {
    int from = finding.source().lastIndexOf('\n', finding.start() - 1) + 1;
    int to = finding.source().indexOf('\n', from);
    return finding.source().substring(from, to < 0 ? finding.source().length() : to);
  }

  /// Blanks up to the column, tabs as tabs, then a mark below each character that is meant.
  private static String marks(Finding finding, String text) {
    int from = Math.min(finding.column() - 1, text.length());
    int to =
        finding.lastLine() == finding.line()
            ? from + finding.end() - finding.start()
            : text.stripTrailing().length();
    var out = new StringBuilder();
    text.substring(0, from).chars().forEach(c -> out.append(c == '\t' ? '\t' : ' '));
    return out.append("^".repeat(Math.max(1, to - from))).toString();
  }

  /// What a finding would save and cost, in words; empty where nobody knows.
  static Optional<String> saving(Finding finding) {
    Saving saving = finding.saving();
    if (saving.basis() == Saving.Basis.NONE) {
      return Optional.empty();
    }
    String basis =
        saving.basis() == Saving.Basis.TRIED
            ? " (tried: the program was built with it)"
            : " (estimated)";
    String saves = parts(saving, 1);
    String costs = parts(saving, -1);
    if (saves.isEmpty() && costs.isEmpty()) {
      return Optional.of("saves nothing in this program" + basis);
    }
    return Optional.of(
        (saves.isEmpty() ? "" : "saves " + saves)
            + (saves.isEmpty() || costs.isEmpty() ? "" : ", ")
            + (costs.isEmpty() ? "" : "costs " + costs)
            + basis);
  }

  /// @param sign 1 for what is saved, -1 for what it costs
  private static String parts(Saving saving, int sign) {
    List<String> parts = new ArrayList<>();
    part(parts, saving.flash(), sign, "flash");
    part(parts, saving.ram(), sign, "RAM");
    part(parts, saving.stack(), sign, "the largest poll frame");
    part(parts, saving.future(), sign, "each future");
    return String.join(", ", parts);
  }

  private static void part(List<String> parts, OptionalLong bytes, int sign, String of) {
    if (bytes.orElse(0) * sign > 0) {
      String unit = parts.isEmpty() ? " bytes of " : " of ";
      parts.add(String.format(Locale.ROOT, "%,d%s%s", bytes.getAsLong() * sign, unit, of));
    }
  }

  private static String summary(LintReport report, Style style) {
    long warnings = report.count(Level.WARN);
    long notes = report.findings().size() - warnings;
    var out = new StringBuilder();
    out.append(style.bold("%s, %s".formatted(plural(warnings, "warning"), plural(notes, "note"))));
    out.append(" in ")
        .append(
            plural(
                report.items(),
                "async function, block or closure",
                "async functions, blocks and closures"))
        .append(" of ")
        .append(String.join(", ", report.programs()))
        .append(String.format(Locale.ROOT, " (%,d bytes of flash, stock)%n", report.flash()));
    if (report.notCompiling() > 0) {
      out.append(
          "%s tried that do not compile as they stand, and left out\n"
              .formatted(plural(report.notCompiling(), "change")));
    }
    report.withoutClippy().ifPresent(w -> out.append("clippy was not asked: %s\n".formatted(w)));
    if (report.untried() > 0) {
      out.append("%s not tried (--time, --no-try)\n".formatted(plural(report.untried(), "change")));
    }
    if (report.silenced() > 0) {
      out.append("%s silenced\n".formatted(plural(report.silenced(), "finding")));
    }
    return out.toString();
  }

  private static String plural(long count, String one) {
    return plural(count, one, one + "s");
  }

  private static String plural(long count, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
  }

  static String path(Path file, Path root) {
    return (file.startsWith(root) ? root.relativize(file) : file).toString().replace('\\', '/');
  }
}
