package dev.pollard.cargo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkspaceWrapperTest {
  @TempDir private Path root;
  private Path inner;

  @BeforeEach
  void makeFolders() throws IOException {
    inner = Files.createDirectories(root.resolve("a/b"));
  }

  private Optional<String> find(Map<String, String> environment) {
    return WorkspaceWrapper.find(environment, inner).map(WorkspaceWrapper::program);
  }

  private Map<String, String> home() {
    return Map.of("CARGO_HOME", root.resolve("home").toString());
  }

  private static void configure(Path folder, String name, String program) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve(name), "[build]\nrustc-workspace-wrapper = \"" + program + "\"\n");
  }

  @Test
  void theNearestConfigurationWinsAndTheHomeComesLast() throws IOException {
    assertThat(find(home())).isEmpty();
    configure(root.resolve("home"), "config.toml", "at-home");
    assertThat(find(home())).contains("at-home");
    configure(root.resolve(".cargo"), "config.toml", "outer");
    assertThat(find(home())).contains("outer");
    configure(inner.resolve(".cargo"), "config.toml", "inner");
    assertThat(find(home())).contains("inner");
    configure(inner.resolve(".cargo"), "config", "old");
    assertThat(find(home())).contains("old");
  }

  @Test
  void theEnvironmentWinsAndEmptySwitchesOff() throws IOException {
    configure(inner.resolve(".cargo"), "config.toml", "inner");
    assertThat(find(Map.of("CARGO_BUILD_RUSTC_WORKSPACE_WRAPPER", "second"))).contains("second");
    assertThat(
            find(
                Map.of(
                    "CARGO_BUILD_RUSTC_WORKSPACE_WRAPPER",
                    "second",
                    "RUSTC_WORKSPACE_WRAPPER",
                    "first")))
        .contains("first");
    assertThat(find(Map.of("RUSTC_WORKSPACE_WRAPPER", ""))).isEmpty();
  }

  @Test
  void aPathCountsFromTheFolderThatHoldsTheConfiguration() throws IOException {
    configure(root.resolve("a/.cargo"), "config.toml", ".cargo/pollard-rustc");
    assertThat(find(home())).contains(root.resolve("a/.cargo/pollard-rustc").toString());
  }

  @Test
  void aBrokenConfigurationIsCargosToReport() throws IOException {
    Files.createDirectories(inner.resolve(".cargo"));
    Files.writeString(inner.resolve(".cargo/config.toml"), "[build\nrustc-workspace-wrapper = 1");
    assertThat(find(home())).isEmpty();
  }

  @Test
  void onlyItsOwnNameIsPollard() {
    assertThat(new WorkspaceWrapper("/x/pollard-rustc").isPollard()).isTrue();
    assertThat(new WorkspaceWrapper("pollard-rustc").isPollard()).isTrue();
    assertThat(new WorkspaceWrapper("/pollard-rustc/sccache").isPollard()).isFalse();
  }
}
