package dev.pollard.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PackageMetadataTest {
  @TempDir private Path folder;

  private Path manifest(String at, String text) throws IOException {
    var file = folder.resolve(at).resolve("Cargo.toml");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private PackageMetadata read(String at) throws SettingsException {
    return PackageMetadata.read(folder.resolve(at));
  }

  @Test
  void aPackageSaysWhatItWants() throws Exception {
    var file =
        manifest(
            "app",
            """
            [workspace]
            [package.metadata.pollard]
            effort = "max"
            keep = ["^core::", "mine"]
            disable = "tail-z"
            deny-fallback = true
            workers = 2
            repro = "out"
            [package.metadata.pollard.budget]
            flash = 1000
            """);
    var metadata = read("app");
    assertThat(metadata.manifests()).containsExactly(file);
    var settings = Settings.of(metadata.layer());
    assertThat(settings.effort()).isEqualTo(Effort.MAX);
    assertThat(settings.keep()).hasSize(2);
    assertThat(settings.disabledPasses()).containsExactly("tail-z");
    assertThat(settings.denyFallback()).isTrue();
    assertThat(settings.workers()).isEqualTo(2);
    assertThat(settings.repro()).contains(folder.resolve("app/out"));
  }

  @Test
  void thePackageLiesOverItsWorkspace() throws Exception {
    var root =
        manifest(
            "",
            """
            [workspace]
            members = ["app"]
            [workspace.metadata.pollard]
            effort = "fast"
            panics = "trap"
            keep = ["a"]
            """);
    var app =
        manifest(
            "app",
            """
            [package.metadata.pollard]
            effort = "max"
            keep = ["b"]
            """);
    var metadata = read("app");
    assertThat(metadata.manifests()).containsExactly(root, app);
    var settings = Settings.of(metadata.layer());
    assertThat(settings.effort()).isEqualTo(Effort.MAX);
    assertThat(settings.panics()).isEqualTo(Panics.TRAP);
    assertThat(settings.keep().stream().map(Object::toString)).containsExactly("a", "b");
  }

  @Test
  void aPackageMayNameItsWorkspace() throws Exception {
    var root =
        manifest("root", "[workspace]\n[workspace.metadata.pollard]\npanics = \"no-location\"\n");
    var app = manifest("app", "[package]\nworkspace = \"../root\"\n");
    var metadata = read("app");
    assertThat(metadata.manifests()).containsExactly(root, app);
    assertThat(Settings.of(metadata.layer()).panics()).isEqualTo(Panics.NO_LOCATION);
  }

  @Test
  void aPackagesOwnTableIsNotItsMembers() throws Exception {
    manifest("", "[workspace]\n[package.metadata.pollard]\neffort = \"max\"\n");
    manifest("app", "[package]\nname = \"app\"\n");
    assertThat(read("app").layer()).isEqualTo(SettingsLayer.EMPTY);
    assertThat(Settings.of(read("").layer()).effort()).isEqualTo(Effort.MAX);
  }

  @Test
  void aFolderWithoutManifestSaysNothing() throws Exception {
    assertThat(read("nowhere").layer()).isEqualTo(SettingsLayer.EMPTY);
    assertThat(read("nowhere").manifests()).isEmpty();
  }

  @Test
  void theNearestManifestAboveIsFound() throws Exception {
    manifest("app", "[package]\n");
    Files.createDirectories(folder.resolve("app/src/bin"));
    assertThat(PackageMetadata.enclosing(folder.resolve("app/src/bin")))
        .contains(folder.resolve("app"));
  }

  @ParameterizedTest
  @CsvSource({
    "efort = 'max',             .efort: there is no such setting (did you mean effort?); there are effort",
    "effort = true,             .effort: true is not a string",
    "effort = 'huge',           '.effort: \"huge\" is not one of fast, default, max'",
    "verbose = 'true',          '.verbose: \"true\" is not true or false'",
    "keep = 5,                  .keep: 5 is not an array of strings",
    "'keep = [\"a\", 5]',       .keep: 5 is not a string",
  })
  void aWrongValueNamesTheManifestAndTheKey(String line, String expected) throws Exception {
    var text = line.replace('\'', '"');
    var file = manifest("app", "[workspace]\n[package.metadata.pollard]\n" + text + "\n");
    assertThatThrownBy(() -> Settings.of(read("app").layer()))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(file + ": package.metadata.pollard" + expected);
  }

  @Test
  void whatIsNoTableOrNoTomlIsSaid() throws Exception {
    var file = manifest("app", "[workspace]\n[package.metadata]\npollard = 1\n");
    assertThatThrownBy(() -> read("app"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(file + ": package.metadata.pollard is not a table");
    manifest("app", "[workspace]\n[package.metadata.pollard\n");
    assertThatThrownBy(() -> read("app"))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(file + ": not valid TOML: ")
        .hasMessageEndingWith(" (line 2, column 26)");
  }
}
