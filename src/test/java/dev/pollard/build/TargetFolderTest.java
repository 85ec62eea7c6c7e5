package dev.pollard.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TargetFolderTest {
  private static final String TAG = "CACHEDIR.TAG";

  @TempDir private Path root;
  private Path target;
  private Path triple;
  private Path deps;

  @BeforeEach
  void makeFolders() throws IOException {
    target = root.resolve("target");
    triple = target.resolve("thumbv7em-none-eabi");
    deps = Files.createDirectories(triple.resolve("release/deps"));
  }

  @Test
  void theFolderOfATargetIsNotTheTop() throws IOException {
    Files.createFile(triple.resolve(TAG));
    Files.createFile(target.resolve(TAG));
    assertThat(TargetFolder.of(deps)).isEqualTo(target);
    Files.createFile(target.resolve(".rustc_info.json"));
    assertThat(TargetFolder.of(deps)).isEqualTo(target);
  }

  @Test
  void aTargetFolderInAMarkedFolderIsItsOwn() throws IOException {
    Files.createFile(root.resolve(TAG));
    Files.createFile(target.resolve(TAG));
    Files.createFile(target.resolve(".rustc_info.json"));
    assertThat(TargetFolder.of(deps)).isEqualTo(target);
  }

  @Test
  void cargosNewerLayoutIsDeeper() throws IOException {
    Files.createFile(target.resolve(".rustc_info.json"));
    var out = Files.createDirectories(triple.resolve("release/build/app/0a1b/out"));
    assertThat(TargetFolder.of(out)).isEqualTo(target);
  }

  @Test
  void withoutAMarkItIsAboveTheProfile() {
    assertThat(TargetFolder.of(deps)).isEqualTo(triple);
    assertThat(TargetFolder.of(Path.of("/"))).isEqualTo(Path.of("/"));
  }
}
