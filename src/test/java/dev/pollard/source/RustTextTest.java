package dev.pollard.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RustTextTest {
  @Test
  void blanksCommentsAndStringsAndNothingElse() {
    assertBlanked("a // b async || {}", "a                 ");
    assertBlanked("a /* b /* c */ d */ e", "a                   e");
    assertBlanked("f(\"a \\\" b\", c)", "f(\"      \", c)");
    assertBlanked("f(r#\"a \" b\"#, c)", "f(r#\"     \"#, c)");
    assertBlanked("f(br\"a\\\", c)", "f(br\"  \", c)");
    assertBlanked("f('\"', c, '\\'', d)", "f(' ', c, '  ', d)");
    assertBlanked("fn f<'a>(x: &'a str) {}", "fn f<'a>(x: &'a str) {}");
    assertBlanked("for r in b { r\"x\" }", "for r in b { r\" \" }");
  }

  private static void assertBlanked(String source, String expected) {
    assertThat(RustText.blanked(source)).isEqualTo(expected);
  }

  @Test
  void keepsEveryLine() {
    String source = "a\n/* b\n c */\n\"d\n e\"\n// f\ng";
    String blanked = RustText.blanked(source);
    assertThat(blanked).hasSameSizeAs(source);
    assertThat(blanked.lines().toList()).hasSameSizeAs(source.lines().toList());
    assertThat(blanked).doesNotContainPattern("[bcef]").contains("a\n").endsWith("\ng");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/* never ends", "\"never ends", "r#\"never ends\"", "'", "'\\", "r", "b"})
  void whatNeverEndsEndsWithTheText(String source) {
    assertThat(RustText.blanked(source)).hasSameSizeAs(source);
  }
}
