package dev.pollard.advise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.advise.run.Host;
import dev.pollard.report.table.Style;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// The text and the JSON.
final class AdviceFormsTest {
  private static final Facts FACTS =
      new Facts(
          new ProgramFacts(
              "blinky",
              "thumbv7em-none-eabi",
              Kind.FIRMWARE,
              List.of("embassy_executor"),
              false,
              true,
              new Awaits(
                  2,
                  3,
                  3,
                  0,
                  Map.of(Wait.TIMER, 3),
                  0,
                  List.of(new Awaits.Task("blinky::main", OptionalLong.of(64), 40))),
              new Footprint(7_000, 500, 900, 800, 0, 200),
              Optional.of(new Room(1 << 20, 256 << 10, "memory.x")),
              OptionalLong.empty()),
          Optional.empty(),
          Optional.empty(),
          new Host(2, 1 << 30, 1000));

  private static final Advice ADVICE = Rules.decide(FACTS);

  @Test
  void theAnswerComesFirstAndLinesFit() {
    for (int columns : List.of(60, 80, 200)) {
      var text = AdviceText.render(FACTS, ADVICE, Style.PLAIN, columns, true);
      assertThat(text.lines()).allMatch(l -> l.length() <= Math.min(columns, 100));
      assertThat(text.lines().toList().get(2))
          .isEqualTo("blocking with interrupts, confidence high");
      assertThat(text).contains("\nwhy\n").contains("\nwhat would change this\n");
      assertThat(text).contains("estimate: drop + 0.54 × own");
    }
    assertThat(AdviceText.render(FACTS, ADVICE, Style.PLAIN, 80, false))
        .doesNotContain("estimate:");
  }

  @Test
  void theJsonHasEveryFigureWithItsSource() {
    var root = JsonMapper.shared().readTree(AdviceJson.render(FACTS, ADVICE));
    assertThat(root.path("schema").asString()).isEqualTo("pollard.advise/1");
    assertThat(root.path("answer").asString()).isEqualTo("blocking");
    assertThat(root.path("run").isNull()).isTrue();
    assertThat(root.path("program").path("tasks").get(0).path("future").asInt()).isEqualTo(64);
    int figures = 0;
    for (var reason : root.path("reasons")) {
      for (var figure : reason.path("figures")) {
        figures++;
        assertThat(figure.path("source").asString()).isNotBlank();
      }
    }
    assertThat(figures).isGreaterThan(8);
  }

  @Test
  void bytesHaveReadableUnits() {
    assertThat(Amount.bytes(9_999)).isEqualTo("9,999 bytes");
    assertThat(Amount.bytes(10_240)).isEqualTo("10.0 KiB");
    assertThat(Amount.bytes(3L << 20)).isEqualTo("3.0 MiB");
    assertThat(Amount.percent(0.055)).isEqualTo("5.5 %");
    assertThat(Amount.percent(0.9)).isEqualTo("90 %");
    assertThat(Amount.count(1, "task")).isEqualTo("1 task");
  }
}
