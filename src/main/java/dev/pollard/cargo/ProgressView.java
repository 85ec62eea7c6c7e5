package dev.pollard.cargo;

import dev.pollard.cargo.ProgressMessage.Finished;
import dev.pollard.cargo.ProgressMessage.Step;
import dev.pollard.cargo.ProgressMessage.Stock;
import dev.pollard.cargo.ProgressMessage.Warned;
import dev.pollard.report.BuildReport;
import dev.pollard.report.table.BuildTable;
import dev.pollard.report.table.Style;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Shows what wrappers report, on stderr, beside what cargo itself shows there.
///
/// cargo's progress bar is one line that ends in a carriage return and is written again only when
/// it changes, and while a program is pruned it does not. So the live line may stand in its place,
/// ended in the same way: cargo wipes the line before it prints the next thing.
final class ProgressView implements Consumer<ProgressMessage> {
  private static final String WIPE = "\r\u001b[K";
  private static final long QUIET_NANOS = 10_000_000_000L;

  /// How much is shown.
  enum Mode {
    /// Only that a stock artifact stays.
    QUIET,
    /// A line now and then.
    PLAIN,
    /// A line that changes.
    LIVE
  }

  private record Shown(String stage, long time) {}

  private final PrintStream out;
  private final Mode mode;
  private final Style style;
  private final int columns;
  private final boolean tablesAtOnce;
  private final LongSupplier clock;
  private final List<BuildReport> reports = new ArrayList<>();
  private final List<Stock> kept = new ArrayList<>();
  private final Map<String, Shown> shown = new HashMap<>();

  /// @param columns how wide the terminal is
  /// @param tablesAtOnce whether an artifact's table is shown when it is done, and not at the end
  /// @param clock nanoseconds
  ProgressView(
      PrintStream out,
      Mode mode,
      Style style,
      int columns,
      boolean tablesAtOnce,
      LongSupplier clock) {
    this.out = out;
    this.mode = mode;
    this.style = style;
    this.columns = columns;
    this.tablesAtOnce = tablesAtOnce;
    this.clock = clock;
  }

  /// Every artifact that was made, in order.
  List<BuildReport> reports() {
    return reports;
  }

  /// Every artifact that stayed stock.
  List<Stock> kept() {
    return kept;
  }

  @Override
  public void accept(ProgressMessage message) {
    switch (message) {
      case Step step -> step(step);
      case Stock stock -> {
        kept.add(stock);
        warn(stock.artifact(), "stock artifact kept: " + stock.reason());
      }
      case Warned(var artifact, var problem) -> warn(artifact, problem);
      case Finished(var report) -> {
        reports.add(report);
        wipe();
        if (mode == Mode.QUIET) {
          report.keptStock().ifPresent(r -> warn(report.artifact(), "stock artifact kept: " + r));
        }
        if (tablesAtOnce && mode != Mode.QUIET) {
          out.print(BuildTable.render(List.of(report), style));
        }
      }
    }
    out.flush();
  }

  private void warn(String artifact, String text) {
    wipe();
    out.println(style.bad("warning") + ": " + artifact + ": " + text);
  }

  private void step(Step step) {
    var text = "%s: %s".formatted(step.artifact(), step.stage());
    if (step.total() > 0) {
      text += " %d/%d".formatted(step.done(), step.total());
    } else if (step.done() > 0) {
      text += " " + step.done();
    }
    if (step.savedBytes() > 0) {
      text += String.format(Locale.ROOT, ", %,d bytes saved so far", step.savedBytes());
    }
    switch (mode) {
      case QUIET -> {}
      case LIVE -> {
        var line = "     Pruning " + text;
        out.print(WIPE + line.substring(0, Math.min(line.length(), columns - 1)) + "\r");
      }
      case PLAIN -> {
        // Every stage once, and a sign of life from a long one.
        var last = shown.get(step.artifact());
        long now = clock.getAsLong();
        if (last == null || !last.stage.equals(step.stage()) || now - last.time >= QUIET_NANOS) {
          shown.put(step.artifact(), new Shown(step.stage(), now));
          out.println("     Pruning " + text);
        }
      }
    }
  }

  private void wipe() {
    if (mode == Mode.LIVE) {
      out.print(WIPE);
    }
  }
}
