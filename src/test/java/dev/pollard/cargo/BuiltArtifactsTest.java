package dev.pollard.cargo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.cargo.BuiltArtifacts.Artifact;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BuiltArtifactsTest {
  private static final Path MANIFEST = Path.of("/p/Cargo.toml");

  private final StringBuilder out = new StringBuilder();

  private List<Artifact> read(String lines) throws IOException {
    return BuiltArtifacts.read(
            new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), out)
        .list();
  }

  private static String artifact(String kind, boolean test, String executable) {
    return """
    {"reason":"compiler-artifact","manifest_path":"/p/Cargo.toml","target":{"kind":["%s"],"name":"my-app"},\
    "profile":{"test":%s},"filenames":["/t/libmy_app.rlib","/t/my_app.wasm"],\
    "executable":%s,"fresh":true}
    """
        .formatted(kind, test, executable);
  }

  @Test
  void anExecutableHasItsTargetsName() throws IOException {
    assertThat(read(artifact("bin", false, "\"/t/my-app\"")))
        .containsExactly(new Artifact("my-app", Path.of("/t/my-app"), true, MANIFEST));
  }

  @Test
  void aTestHasItsFilesName() throws IOException {
    assertThat(
            read(
                artifact("lib", true, "\"/t/deps/my_app-0a1b\"")
                    .replace("\"fresh\":true", "\"fresh\":false")))
        .containsExactly(
            new Artifact("my_app-0a1b", Path.of("/t/deps/my_app-0a1b"), false, MANIFEST));
  }

  @Test
  void aCdylibIsItsModule() throws IOException {
    assertThat(read(artifact("cdylib", false, "null")))
        .containsExactly(new Artifact("my_app", Path.of("/t/my_app.wasm"), true, MANIFEST));
  }

  @Test
  void librariesAndBuildScriptsAreNone() throws IOException {
    assertThat(read(artifact("lib", false, "null"))).isEmpty();
    assertThat(read(artifact("custom-build", false, "\"/t/build-script-build\""))).isEmpty();
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void whatIsNoMessageIsHandedOn() throws IOException {
    var artifacts =
        read(
            "a tool's line\n{\"reason\":\"build-finished\",\"success\":true}\n"
                + "{\"no\":\"reason\"}\n{\"broken\n"
                + artifact("bin", false, "\"/t/my-app\""));
    assertThat(artifacts).hasSize(1);
    assertThat(out.toString()).isEqualTo("a tool's line\n{\"no\":\"reason\"}\n{\"broken\n");
  }
}
