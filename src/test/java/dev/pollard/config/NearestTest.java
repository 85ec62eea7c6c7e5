package dev.pollard.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestTest {
  private static final List<String> NAMES = List.of("effort", "keep", "panics", "resumed-panics");

  @ParameterizedTest
  @CsvSource({
    "efort, effort",
    "effrot, effort",
    "kep, keep",
    "panic, panics",
    "resumed_panics, resumed-panics",
  })
  void aSlipIsFound(String written, String meant) {
    assertThat(Nearest.hint(written, NAMES)).isEqualTo(" (did you mean " + meant + "?)");
  }

  @Test
  void whatIsFarFromAllIsNotGuessed() {
    assertThat(Nearest.hint("budget", NAMES)).isEmpty();
    assertThat(Nearest.hint("", NAMES)).isEmpty();
    assertThat(Nearest.hint("keep", List.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"kitten, sitting, 3", "'', abc, 3", "ab, ba, 1", "same, same, 0"})
  void distances(String a, String b, int distance) {
    assertThat(Nearest.distance(a, b)).isEqualTo(distance);
    assertThat(Nearest.distance(b, a)).isEqualTo(distance);
  }
}
