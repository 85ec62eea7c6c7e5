package dev.pollard.report.table;

import static dev.pollard.report.table.Cells.number;

import dev.pollard.report.TuneLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A [TuneLog] as text for people: how the bytes fell with time, and what was decided, in words.
public final class TuneTable {
  /// So many steps tell how a search went.
  private static final int STEPS = 12;

  private TuneTable() {}

  /// Ends with a line feed.
  ///
  /// @param limit how many functions are named
  public static String render(TuneLog log, int limit, Style style) {
    var out = new StringBuilder();
    out.append(style.bold(log.program())).append('\n');
    out.append("       time   trials        flash   under stock\n");
    for (TuneLog.Step step : some(log.steps())) {
      out.append(
          String.format(
              Locale.ROOT,
              "  %8.1f s %8d %12s %11.1f %%%n",
              step.seconds(),
              step.trials(),
              number(step.flash()),
              log.stock() == 0 ? 0 : 100.0 * (log.stock() - step.flash()) / log.stock()));
    }
    out.append(
        String.format(
            Locale.ROOT,
            "%n  %,d decisions tried in %,d programs made; what was found:%n",
            log.moves(),
            log.trials()));
    if (log.groups().isEmpty()) {
      out.append("  nothing better than LLVM's own inlining at this threshold\n");
    }
    log.groups().stream().limit(limit).forEach(g -> out.append("  ").append(words(g)).append('\n'));
    if (log.groups().size() > limit) {
      out.append("  and %d functions more (-w shows all)\n".formatted(log.groups().size() - limit));
    }
    return out.toString();
  }

  private static String words(TuneLog.Group group) {
    String what = group.kind().equals("inline") ? "inlining" : "not inlining";
    String where =
        group.of() == 1
            ? "at its one place"
            : group.sites() == group.of()
                ? "at all %d places".formatted(group.of())
                : "at %d of %d places".formatted(group.sites(), group.of());
    return "%s `%s` %s: %s"
        .formatted(
            what,
            group.callee(),
            where,
            group.bytes() == 0
                ? "with others"
                : (group.bytes() < 0 ? "−" : "+") + number(Math.abs(group.bytes())) + " B");
  }

  /// The first, the last, and some between.
  private static List<TuneLog.Step> some(List<TuneLog.Step> steps) {
    if (steps.size() <= STEPS) {
      return steps;
    }
    List<TuneLog.Step> some = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      some.add(steps.get((int) Math.round((double) i * (steps.size() - 1) / (STEPS - 1))));
    }
    return some;
  }
}
