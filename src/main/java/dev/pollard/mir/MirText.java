package dev.pollard.mir;

import dev.pollard.report.table.Style;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// A [MirReport] as text for people.
public final class MirText {
  private final MirReport report;
  private final Style style;
  private final StringBuilder out = new StringBuilder();

  private MirText(MirReport report, Style style) {
    this.report = report;
    this.style = style;
  }

  /// Ends with a line feed.
  ///
  /// @param bodies whether the MIR itself follows
  public static String render(MirReport report, Style style, boolean bodies) {
    var text = new MirText(report, style);
    text.head();
    text.counts();
    text.states();
    if (bodies) {
      text.body("before the state transform", report.before());
      text.body("as LLVM gets it", Optional.of(report.poll().function()));
      text.body("twin", report.twin().map(Anatomy::function));
    }
    return text.out.toString();
  }

  private void head() {
    out.append(style.bold(report.name()))
        .append("  ")
        .append(report.rustc())
        .append(", ")
        .append(report.flags())
        .append("\n\n");
  }

  private void counts() {
    Anatomy poll = report.poll();
    boolean twin = report.twin().isPresent();
    out.append(String.format(Locale.ROOT, "%-34s%10s%12s%n", "", "async", twin ? "twin" : ""));
    row(
        "lines of MIR",
        poll.function().lineCount(),
        report.twin().map(t -> t.function().lineCount()),
        true);
    row(
        "  blocks",
        poll.function().blocks().size(),
        report.twin().map(t -> t.function().blocks().size()),
        false);
    report
        .before()
        .ifPresent(
            b -> row("  before the state transform", b.lineCount(), Optional.empty(), false));
    report
        .after()
        .ifPresent(
            a -> row("  after it, before optimisation", a.lineCount(), Optional.empty(), false));
    out.append("\nlines by purpose (blocks mostly for it)\n");
    for (Purpose purpose : Purpose.values()) {
      if (poll.lines(purpose) > 0 || report.twin().filter(t -> t.lines(purpose) > 0).isPresent()) {
        out.append(
            String.format(
                Locale.ROOT,
                "  %-32s%10s%12s%n",
                purpose.text(),
                cell(poll, purpose),
                report.twin().map(t -> cell(t, purpose)).orElse("")));
      }
    }
    report
        .problem()
        .ifPresent(p ->
            out.append("\nno twin: ")
                .append(p)
                .append("\n  (--twin NAME names one of the crate's functions)\n"));
  }

  private static String cell(Anatomy anatomy, Purpose purpose) {
    return anatomy.lines(purpose)
        + (purpose == Purpose.DECLARATIONS ? "" : " (" + anatomy.blocks(purpose) + ")");
  }

  private void row(String label, int async, Optional<Integer> twin, boolean ratio) {
    out.append(
        String.format(
            Locale.ROOT,
            "%-34s%10d%12s%s%n",
            label,
            async,
            twin.map(String::valueOf).orElse(""),
            ratio && twin.isPresent() && twin.get() > 0
                ? String.format(Locale.ROOT, "%9.1fx", (double) async / twin.get())
                : ""));
  }

  private void states() {
    out.append("\nstates\n");
    for (Anatomy.State state : report.poll().states()) {
      out.append(
          String.format(
              Locale.ROOT,
              "  %3d %-11s%s%s%n",
              state.number(),
              state.name(),
              state.next().isEmpty()
                  ? "panics when polled"
                  : "-> "
                      + state.next().stream().map(Anatomy::name).collect(Collectors.joining(", ")),
              state.awaits().map(a -> "   awaits " + a).orElse("")));
    }
  }

  private void body(String label, Optional<MirFunction> function) {
    function.ifPresent(f ->
        out.append('\n')
            .append(style.bold("-- " + f.name() + ", " + label))
            .append('\n')
            .append(f.text()));
  }
}
