package dev.pollard.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class RustcRunnerTest {
  private static final String WARNING =
      "{\"$message_type\":\"diagnostic\",\"message\":\"unused\",\"level\":\"warning\"}\n";
  private static final String ERROR =
      "{\"$message_type\":\"diagnostic\",\"message\":\"no\",\"level\":\"error\"}\n";
  private static final String ARTIFACT =
      "{\"$message_type\":\"artifact\",\"artifact\":\"/private/app\",\"emit\":\"link\"}\n";

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final HeldErrors held = new HeldErrors();

  private String shown(String said) throws IOException {
    RustcRunner.rewrite(
        new ByteArrayInputStream(said.getBytes(StandardCharsets.UTF_8)),
        shown,
        held,
        "/private",
        "/deps");
    return shown.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsNoErrorPassesWithTheArtifactsTruePlace() throws IOException {
    assertThat(shown(WARNING + ARTIFACT))
        .isEqualTo(WARNING + ARTIFACT.replace("/private", "/deps"));
    assertThat(held.text()).isEmpty();
  }

  @Test
  void fromTheFirstErrorOnAllIsHeldInOrder() throws IOException {
    assertThat(shown(WARNING + ERROR + WARNING + "no line feed")).isEqualTo(WARNING);
    assertThat(held.text()).isEqualTo(ERROR + WARNING + "no line feed");
    held.release(shown);
    held.release(shown);
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .isEqualTo(WARNING + ERROR + WARNING + "no line feed");
  }

  @Test
  void whatIsNoMessageOfRustcsIsAnError() throws IOException {
    assertThat(shown("rustc-LLVM ERROR: IO failure on output stream\n" + WARNING)).isEmpty();
    assertThat(held.text()).startsWith("rustc-LLVM ERROR");
  }
}
