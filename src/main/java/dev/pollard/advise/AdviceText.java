package dev.pollard.advise;

import dev.pollard.report.table.Paragraph;
import dev.pollard.report.table.Style;
import java.util.List;
import java.util.stream.Collectors;

/// Facts and advice as text for people: the answer first.
public final class AdviceText {
  private static final int WIDEST = 100;

  private final Style style;
  private final int width;
  private final StringBuilder out = new StringBuilder();

  private AdviceText(Style style, int width) {
    this.style = style;
    this.width = width;
  }

  /// Ends with a line feed.
  ///
  /// @param columns how wide the terminal is
  /// @param sources whether each figure's source is told too
  public static String render(
      Facts facts, Advice advice, Style style, int columns, boolean sources) {
    var text = new AdviceText(style, Math.min(columns, WIDEST));
    text.head(facts, advice);
    text.list("why", advice.reasons(), sources);
    text.list("what would change this", advice.changes());
    text.list("not known", advice.unknown());
    return text.out.toString();
  }

  private void head(Facts facts, Advice advice) {
    var program = facts.program();
    out.append(
        "%s  %s, %s%s%n"
            .formatted(
                style.bold(program.name()),
                program.target(),
                program.kind().text(),
                Sentences.on(program.executors())));
    facts
        .run()
        .ifPresent(r -> line("", "run: " + String.join(" ", r.command()) + " (" + r.end() + ")"));
    out.append('\n');
    out.append(style.bold(answer(program, advice))).append(", confidence ");
    out.append(style.bold(advice.confidence().text())).append('\n');
    Paragraph.wrap(advice.conclusion(), width - 2)
        .forEach(l -> out.append("  ").append(l).append('\n'));
    Paragraph.wrap("(%s: %s)".formatted(advice.confidence().text(), advice.because()), width - 2)
        .forEach(l -> out.append("  ").append(style.faint(l)).append('\n'));
  }

  private static String answer(ProgramFacts program, Advice advice) {
    return advice.answer() == Answer.BLOCKING && program.kind() == Kind.FIRMWARE
        ? "blocking with interrupts"
        : advice.answer().text();
  }

  private void list(String title, List<Advice.Reason> reasons, boolean sources) {
    if (reasons.isEmpty()) {
      return;
    }
    out.append('\n').append(title).append('\n');
    for (var reason : reasons) {
      line("- ", reason.text());
      if (sources) {
        reason.figures().stream()
            .filter(f -> Double.isFinite(f.value()))
            .forEach(f ->
                Paragraph.wrap(
                        "%s %s%s: %s"
                            .formatted(
                                f.name(),
                                plain(f.value()),
                                f.unit().isEmpty() ? "" : " " + f.unit(),
                                f.source()),
                        width - 6)
                    .forEach(l -> out.append("      ").append(style.faint(l)).append('\n')));
      }
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Amount.count((long) value) : "%.3f".formatted(value);
  }

  private void list(String title, List<String> sentences) {
    if (!sentences.isEmpty()) {
      out.append('\n').append(title).append('\n');
      sentences.forEach(s -> line("- ", s));
    }
  }

  private void line(String mark, String text) {
    String indent = " ".repeat(mark.length());
    out.append(
        Paragraph.wrap(text, width - 2 - mark.length()).stream()
            .collect(Collectors.joining("\n  " + indent, "  " + mark, "\n")));
  }
}
