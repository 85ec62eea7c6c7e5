package dev.pollard.cargo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class CrateGraphTest {
  private static final String METADATA =
      """
      {"packages": [
        {"id": "a", "name": "app", "manifest_path": "/w/app/Cargo.toml"},
        {"id": "t", "name": "tokio", "manifest_path": "/r/tokio/Cargo.toml"},
        {"id": "m", "name": "mio", "manifest_path": "/r/mio/Cargo.toml"},
        {"id": "c", "name": "cc", "manifest_path": "/r/cc/Cargo.toml"},
        {"id": "d", "name": "criterion", "manifest_path": "/r/criterion/Cargo.toml"},
        {"id": "o", "name": "other", "manifest_path": "/w/other/Cargo.toml"}],
       "resolve": {"nodes": [
        {"id": "a", "deps": [
          {"pkg": "t", "dep_kinds": [{"kind": null}]},
          {"pkg": "c", "dep_kinds": [{"kind": "build"}]},
          {"pkg": "d", "dep_kinds": [{"kind": "dev"}]}]},
        {"id": "t", "deps": [{"pkg": "m", "dep_kinds": [{"kind": "build"}, {"kind": null}]}]},
        {"id": "m", "deps": [{"pkg": "t", "dep_kinds": [{"kind": null}]}]},
        {"id": "o", "deps": []}]}}
      """;

  @Test
  void onlyWhatIsLinkedCounts() throws IOException {
    assertThat(CrateGraph.parse(METADATA, Path.of("/w/app/Cargo.toml")).names())
        .containsExactlyInAnyOrder("app", "tokio", "mio");
  }

  @Test
  void aPackageThatIsNotThereIsSaid() {
    assertThatThrownBy(() -> CrateGraph.parse(METADATA, Path.of("/x/Cargo.toml")))
        .isInstanceOf(IOException.class)
        .hasMessage("cargo metadata: knows no package of /x/Cargo.toml");
    assertThatThrownBy(() -> CrateGraph.parse("{", Path.of("/x/Cargo.toml")))
        .isInstanceOf(IOException.class);
  }
}
