package dev.pollard.cargo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.report.Reports;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProgressMessageTest {
  static Stream<ProgressMessage> messages() {
    return Stream.of(
        new ProgressMessage.Step("app", "tune", 3, 0, -5_000_000_000L),
        new ProgressMessage.Warned("app", "its report cannot be written: a \"b\""),
        new ProgressMessage.Stock("app \"x\"", "no\nLTO"),
        new ProgressMessage.Finished(Reports.firmware()),
        new ProgressMessage.Finished(Reports.fallback()));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void isReadAsItWasWritten(ProgressMessage message) {
    var line = message.write();
    assertThat(line).hasLineCount(1);
    assertThat(ProgressMessage.read(line)).contains(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}", "[]", "{\"news\":1}", "{\"report\":\"{}\"}"})
  void whatIsNotUnderstoodIsNothing(String line) {
    assertThat(ProgressMessage.read(line)).isEmpty();
  }

  @Test
  void aLineFromANewerWrapperIsReadAsFarAsItIsKnown() {
    assertThat(ProgressMessage.read("{\"artifact\":\"a\",\"stage\":\"s\",\"color\":\"red\"}"))
        .contains(new ProgressMessage.Step("a", "s", 0, 0, 0));
  }
}
