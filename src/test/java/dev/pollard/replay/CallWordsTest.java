package dev.pollard.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallWordsTest {
  @Test
  void optionsGoWithTheirValuesInEitherSpelling() {
    List<String> words =
        List.of(
            "--crate-name",
            "a",
            "--emit",
            "link",
            "--emit=mir",
            "-C",
            "incremental=x",
            "-Cincremental=y",
            "-C",
            "opt-level=z",
            "--emitter",
            "src/main.rs");
    assertThat(CallWords.without(words, Set.of("--emit")))
        .containsExactly("--crate-name", "a", "-C", "opt-level=z", "--emitter", "src/main.rs");
  }
}
