package dev.pollard.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EditTest {
  @Test
  void editsAreMadeFromTheEndToTheBeginning() {
    var edits =
        List.of(
            new Edit(Sources.FILE, 0, 1, "xyz"),
            new Edit(Sources.FILE, 3, 3, "-"),
            new Edit(Sources.FILE, 5, 6, ""));
    assertThat(Edit.apply(Map.of(Sources.FILE, "abcdef"), edits))
        .containsExactly(Map.entry(Sources.FILE, "xyzbc-de"));
  }

  @Test
  void editsThatTouchAreKnown() {
    var edit = new Edit(Sources.FILE, 2, 5, "");
    assertThat(edit.touches(new Edit(Sources.FILE, 4, 6, ""))).isTrue();
    assertThat(edit.touches(new Edit(Sources.FILE, 5, 6, ""))).isFalse();
    assertThat(edit.touches(new Edit(Sources.FILE.resolve("x"), 2, 5, ""))).isFalse();
  }
}
