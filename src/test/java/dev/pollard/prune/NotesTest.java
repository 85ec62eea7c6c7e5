package dev.pollard.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pollard.prune.PruneOutcome.PassGain;
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
            List.of(new PassGain("resumed-panics", 42, 810, -16), new PassGain("a b c", 0, 0, 0)),
            new StackFacts(frames, 176));
    assertThat(Notes.read(notes.lines())).isEqualTo(notes);
    assertThat(Notes.read(notes.lines()).stack().pollFrames().keySet())
        .containsExactlyElementsOf(frames.keySet());
    var nothing = new Notes(List.of(), StackFacts.NONE);
    assertThat(Notes.read(nothing.lines())).isEqualTo(nothing);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "stack 3", "deepest", "deepest x", "frame 3", "pass 1 2 3", "pass"})
  void aDamagedLineIsNoNote(String line) {
    assertThatThrownBy(() -> Notes.read(List.of(line)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
