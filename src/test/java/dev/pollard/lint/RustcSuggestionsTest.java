package dev.pollard.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RustcSuggestionsTest {
  private static final Path DIRECTORY = Path.of("/work");
  private static final String SOURCE = "async fn f() {} // ä\nasync fn g() { f().await }\n";
  private static final Edit ASYNC = new Edit(Sources.FILE, 0, 6, "");

  private static String message(int start, int end, String replacement) {
    return """
    {"level":"error","message":"`()` is not a future","spans":[{"file_name":"src/lib.rs"}],\
    "children":[{"message":"remove the `.await`","spans":[{"file_name":"src/lib.rs",\
    "byte_start":%d,"byte_end":%d,"suggested_replacement":"%s"}]}]}\
    """
        .formatted(start, end, replacement);
  }

  private static List<Edit> edits(String... messages) {
    return RustcSuggestions.withoutAwait(
        List.of(messages), DIRECTORY, Map.of(Sources.FILE, SOURCE), List.of(ASYNC));
  }

  @Test
  void placesOfTheEditedTextAreThoseOfTheSource() {
    int at = SOURCE.indexOf(".await");
    // Six characters less by the edit, one byte more by the letter of two.
    int bytes = at - 6 + 1;
    assertThat(edits(message(bytes, bytes + 6, "")))
        .containsExactly(new Edit(Sources.FILE, at, at + 6, ""));
  }

  @Test
  void anythingElseThatIsWrongEndsIt() {
    int bytes = SOURCE.indexOf(".await") - 5;
    String other =
        "{\"level\":\"error\",\"message\":\"no\",\"spans\":[{\"file_name\":\"src/lib.rs\"}],\"children\":[]}";
    assertThat(edits(message(bytes, bytes + 6, ""), other)).isEmpty();
    assertThat(edits(message(bytes, bytes + 6, "x"))).isEmpty();
    assertThat(edits(message(0, 4, ""))).isEmpty();
    assertThat(edits("no JSON")).isEmpty();
  }

  @Test
  void warningsAreNoErrors() {
    assertThat(
            edits(
                message(0, 4, "").replace("\"error\"", "\"warning\""),
                message(SOURCE.indexOf(".await") - 5, SOURCE.indexOf(".await") + 1, "")))
        .hasSize(1);
  }
}
