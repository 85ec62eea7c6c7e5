package dev.pollard.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pollard.llvm.CodeGenLevel;
import dev.pollard.llvm.CodeGeneration;
import dev.pollard.pass.inlining.InlineDecision;
import dev.pollard.pass.inlining.InlineDecisions;
import dev.pollard.report.PassGain;
import dev.pollard.tune.Recipe;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NotesTest {
  @Test
  void areReadAsTheyWereWritten() {
    var frames = new LinkedHashMap<String, Long>();
    frames.put("app::run<&str, (u8, u8)>::{async fn}", 5_000_000_000L);
    frames.put("b", 0L);
    var notes =
        new Notes(
            Recipe.of(
                    List.of("inline-threshold(35)", "lto-z"), CodeGeneration.of(CodeGenLevel.LESS))
                .deciding(
                    new InlineDecisions(
                        List.of(
                            new InlineDecision(
                                InlineDecision.Kind.APART,
                                "<A as B>::f #1",
                                "g::{closure#0}",
                                3)))),
            List.of(
                PassGain.unmeasured("resumed-panics", 42).saving(810, -16),
                PassGain.unmeasured("lto-z", 7),
                PassGain.unmeasured("a b c", 0).saving(0, 0)),
            new StackFacts(frames, 176));
    var read = Notes.read(notes.lines());
    assertThat(read.recipe().passes()).isEqualTo(notes.recipe().passes());
    assertThat(read.recipe().inlining()).isEqualTo(notes.recipe().inlining());
    assertThat(read.gains()).isEqualTo(notes.gains());
    assertThat(read.stack()).isEqualTo(notes.stack());
    assertThat(read.stack().pollFrames().keySet()).containsExactlyElementsOf(frames.keySet());
    var nothing =
        new Notes(
            Recipe.of(List.of("lto-3"), CodeGeneration.of(CodeGenLevel.DEFAULT)),
            List.of(),
            StackFacts.NONE);
    assertThat(Notes.read(nothing.lines())).isEqualTo(nothing);
  }

  @Test
  void withoutARecipeTheyAreNotWhole() {
    assertThat(Notes.tryRead(List.of("deepest 4"))).isEmpty();
    assertThat(Notes.tryRead(List.of("recipe less lto-z", "deepest 4"))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "stack 3",
        "deepest",
        "deepest x",
        "frame 3",
        "pass 1 2 3",
        "pass - 2 3 lto-z",
        "pass",
        "recipe",
        "decision APART 3 callee",
        "decision MAYBE 3 callee\tcaller",
        "recipe less",
        "recipe NOBODY lto-z"
      })
  void aDamagedLineIsNoNote(String line) {
    assertThatThrownBy(() -> Notes.read(List.of(line)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
