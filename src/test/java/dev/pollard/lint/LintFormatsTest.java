package dev.pollard.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.report.table.Style;
import dev.pollard.testing.SarifSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LintFormatsTest {
  private static final Path ROOT = Path.of("/work");
  private static final String TEXT = "// one\n\tasync fn f(x: u8) -> u8 { g(x).await }\n";

  private static LintReport report(Saving saving) {
    Finding found =
        new PassThrough().of(Sources.item(TEXT, 1), Sources.EMPTY).getFirst().noted("a note: 50 %");
    return new LintReport(
        Sources.EMPTY,
        List.of(found.with(saving, found.change())),
        1,
        2,
        0,
        Optional.of("it is away"));
  }

  private static Saving tried(long flash, long future) {
    return new Saving(
        OptionalLong.of(flash),
        OptionalLong.of(0),
        OptionalLong.of(0),
        OptionalLong.of(future),
        Saving.Basis.TRIED);
  }

  @Test
  void textPointsAtThePlace() {
    String text = LintText.render(report(tried(84, 8)), ROOT, Style.PLAIN);
    assertThat(text)
        .isEqualTo(
            """
            warning: `f` only awaits `g(..)`: a state machine around another [pass-through]
             --> src/lib.rs:2:2
              |
            2 | \tasync fn f(x: u8) -> u8 { g(x).await }
              | \t^^^^^^^^^^^^^^^^^^^^^^^
              = saves 84 bytes of flash, 8 of each future (tried: the program was built with it)
              = note: a note: 50 %
              = help: return the future itself: `fn f(..) -> impl Future<Output = u8>`, without `.await`

            1 warning, 0 notes in 0 async functions, blocks and closures of  (0 bytes of flash, stock)
            2 changes tried that do not compile as they stand, and left out
            clippy was not asked: it is away
            1 finding silenced
            """);
  }

  @Test
  void whatGainsNothingIsANoteAndIsNotFixed() {
    LintReport report = report(tried(-12, 8));
    assertThat(LintText.render(report, ROOT, Style.PLAIN))
        .startsWith("note: ")
        .contains(
            "= saves 8 bytes of each future, costs 12 bytes of flash (tried",
            "= help: leave it as it is here; elsewhere return the future itself");
    assertThat(report.findings().getFirst().isFixable()).isFalse();
    assertThat(report.count(Level.WARN)).isZero();
    assertThat(report.count(Level.NOTE)).isEqualTo(1);
    assertThat(LintText.render(report(tried(0, 0)), ROOT, Style.PLAIN))
        .contains("= saves nothing in this program (tried");
  }

  @Test
  void sarifKeepsToItsSchema() throws IOException {
    String sarif = LintFormats.sarif(report(tried(84, 8)), ROOT, "0.1.0");
    assertThat(SarifSchema.complaints(sarif)).isEmpty();
    assertThat(sarif)
        .contains("\"ruleId\" : \"lint/pass-through\"", "\"startLine\" : 2", "\"startColumn\" : 2");
  }

  @Test
  void annotationsAndJsonTellThePlaceAndTheBytes() {
    LintReport report = report(tried(84, 8));
    assertThat(LintFormats.annotations(report, ROOT))
        .startsWith("::warning file=src/lib.rs,line=2,title=pollard lint%3A pass-through::")
        .contains("saves 84 bytes of flash");
    assertThat(LintFormats.json(report, ROOT))
        .contains(
            "\"schema\" : \"pollard.lint/1\"",
            "\"rule\" : \"pass-through\"",
            "\"flash\" : 84",
            "\"fixable\" : true");
  }
}
