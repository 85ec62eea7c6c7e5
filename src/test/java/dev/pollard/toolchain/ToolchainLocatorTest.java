package dev.pollard.toolchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a real rustc answers, and how long that is believed.
@Tag("slow")
final class ToolchainLocatorTest {
  @TempDir private Path folder = Path.of("");

  private ToolchainLocator locator() {
    return new ToolchainLocator(Optional.of(folder.resolve("cache")));
  }

  /// The compiler itself, behind rustup's proxy if there is one.
  private static Path compiler() throws ToolchainException {
    return new ToolchainLocator(Optional.empty()).locate("rustc").rustc();
  }

  private List<Path> kept() throws IOException {
    Path toolchains = folder.resolve("cache/toolchains");
    if (!Files.exists(toolchains)) {
      return List.of();
    }
    try (var files = Files.list(toolchains)) {
      return files.toList();
    }
  }

  @Test
  void aScriptThatCallsAnotherCompilerNowIsBelieved() throws Exception {
    Path release = Files.writeString(folder.resolve("release"), "1.0.1");
    Path script =
        Files.writeString(
            folder.resolve("rustc"),
            """
            #!/bin/sh
            case $1 in -vV) '%s' -vV | sed "s/^release: .*/release: $(cat '%s')/" ;; *) exec '%s' "$@" ;; esac
            """
                .formatted(compiler(), release, compiler()));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(locator().locate(script.toString()).release()).isEqualTo("1.0.1");
    Files.writeString(release, "1.0.2");
    assertThat(locator().locate(script.toString()).release()).isEqualTo("1.0.2");
    assertThat(kept()).isEmpty();
  }

  @Test
  void aCompilerIsAskedOnceForAsLongAsItsLlvmIsTheSame() throws Exception {
    var toolchain = locator().locate(compiler().toString());
    assertThat(kept()).hasSize(1);
    Path entry = kept().getFirst();
    String changed =
        Files.readString(entry).replace("\n" + toolchain.release() + "\n", "\n0.0.0\n");
    Files.writeString(entry, changed);
    assertThat(locator().locate(compiler().toString()).release()).isEqualTo("0.0.0");
    // The library's own stamp is the last line: another one has come into its place.
    Files.writeString(entry, changed.strip() + "1\n");
    assertThat(locator().locate(compiler().toString())).isEqualTo(toolchain);
  }
}
