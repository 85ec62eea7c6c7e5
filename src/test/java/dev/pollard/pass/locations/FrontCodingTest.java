package dev.pollard.pass.locations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FrontCodingTest {
  /// As the program does it: one buffer, entry after entry.
  private static List<String> decode(byte[] coded) {
    byte[] buffer = new byte[FrontCoding.MAX_LENGTH];
    List<String> texts = new ArrayList<>();
    for (int at = 0; at < coded.length; ) {
      int shared = Byte.toUnsignedInt(coded[at]);
      int follows = Byte.toUnsignedInt(coded[at + 1]);
      System.arraycopy(coded, at + 2, buffer, shared, follows);
      texts.add(new String(buffer, 0, shared + follows, StandardCharsets.ISO_8859_1));
      at += 2 + follows;
    }
    return texts;
  }

  @Test
  void everyTextComesOutAgain() {
    var texts =
        List.of(
            "",
            "a",
            "library/core/src/cell.rs",
            "library/core/src/cell/once.rs",
            "library/core/src/option.rs",
            "src/m\u00c3\u00bcll.rs",
            "x".repeat(254),
            "x".repeat(255));
    byte[] coded = FrontCoding.encode(texts);
    assertThat(decode(coded)).isEqualTo(texts);
    assertThat(coded).hasSizeLessThan(texts.stream().mapToInt(String::length).sum() / 2 + 100);
  }

  @Test
  void whatIsTooLongOrNoLatinHasNoPlace() {
    assertThatThrownBy(() -> FrontCoding.encode(List.of("x".repeat(256))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
