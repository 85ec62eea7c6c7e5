package dev.pollard.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pollard.llvm.CodeGenLevel;
import dev.pollard.llvm.CodeGeneration;
import dev.pollard.pass.inlining.InlineDecision;
import dev.pollard.pass.inlining.InlineDecision.Kind;
import dev.pollard.pass.inlining.InlineDecisions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TuneFileTest {
  @TempDir private Path folder = Path.of("");

  private static final Tuned FOUND =
      new Tuned(
          new Recipe(
                  List.of("inline-decisions", "inline-threshold(35)", "lto-z"),
                  List.of("packed-locations(rows)"),
                  CodeGeneration.of(CodeGenLevel.LESS))
              .deciding(
                  new InlineDecisions(
                      List.of(
                          new InlineDecision(Kind.INLINE, "<A as B<C, D>>::f", "main", 2),
                          new InlineDecision(Kind.APART, "a::f #1", "b::{closure#0}", 0)))),
          900,
          1000);

  private Path file() {
    return folder.resolve(TuneFile.NAME);
  }

  @Test
  void isReadAsItWasWritten() throws IOException, TuneFileException {
    var written =
        new TuneFile(new TreeMap<>())
            .with(TuneFile.program("bin", "b", "thumbv7m-none-eabi"), FOUND)
            .with(
                TuneFile.program("bin", "a", "host"),
                new Tuned(
                    Recipe.of(List.of("lto-z"), CodeGeneration.of(CodeGenLevel.DEFAULT)), 5, 6));
    written.write(file());
    assertThat(TuneFile.read(file())).isEqualTo(written);
    assertThat(Files.readString(file())).contains("apart\ta::f #1\tb::{closure#0}\t0\n");
    assertThat(Files.readString(file()).indexOf("[bin a host]"))
        .isLessThan(Files.readString(file()).indexOf("[bin b "));
    try (var files = Files.list(folder)) {
      assertThat(files).as("nothing is left beside it").containsExactly(file());
    }
  }

  @Test
  void oneThatIsNotThereSaysNothing() throws IOException, TuneFileException {
    assertThat(TuneFile.read(file()).programs()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pollard.tune 1 | pollard.tune 2 | :1: \"pollard.tune 2\" does not begin with",
        "[bin a host]   | [bin a]        | :4: \"[bin a]\" is no `[KIND CRATE TARGET]`",
        "[bin a host]   | <<<<<<< ours   | :4: \"<<<<<<< ours\" is no `[KIND CRATE TARGET]`",
        "flash 900      | flash few      | :5: \"flash few of 1000\" is no `flash BYTES of BYTES`",
        "lto-z          | lto-y          | names a pass that this Pollard does not have",
        "finish         | end            | should begin with `finish`",
        "level less     | level lesser   | :8: \"level lesser\" is no level: none, none-compact, less, less-compact, default",
        "apart          | maybe          | is no decision: `inline` or `apart`"
      })
  void aDamagedOneNamesTheLineAndTheWayOut(String from, String to, String said) throws IOException {
    new TuneFile(new TreeMap<>()).with("bin a host", FOUND).write(file());
    Files.writeString(file(), Files.readString(file()).replace(from, to));
    assertThatThrownBy(() -> TuneFile.read(file()))
        .isInstanceOf(TuneFileException.class)
        .hasMessageStartingWith(file().toString())
        .hasMessageContaining(said)
        .hasMessageContaining("run `pollard tune` again");
  }

  @Test
  void oneThatIsCutShortIsNoLessWrong() throws IOException {
    Files.writeString(file(), "pollard.tune 1\n\n[bin a host]\n");
    assertThatThrownBy(() -> TuneFile.read(file()))
        .isInstanceOf(TuneFileException.class)
        .hasMessageContaining(":4: the end should begin with `flash`");
  }

  @Test
  void aProgramThatIsThereTwiceIsWrong() throws IOException {
    new TuneFile(new TreeMap<>()).with("bin a host", FOUND).write(file());
    String text = Files.readString(file());
    Files.writeString(file(), text + text.substring(text.indexOf("\n[")));
    assertThatThrownBy(() -> TuneFile.read(file())).hasMessageContaining("is there twice");
  }
}
