package dev.pollard.cargo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CargoArgumentsTest {
  private static CargoArguments build(String... words) {
    return CargoArguments.of(Subcommand.BUILD, List.of(words), false);
  }

  @Test
  void theLastValueBeforeTheEndCounts() {
    var arguments = build("--color", "never", "--color=always", "--", "--color", "auto");
    assertThat(arguments.color()).contains("always");
    assertThat(build("--", "--color", "auto").color()).isEmpty();
    assertThat(build("--color").color()).isEmpty();
  }

  @Test
  void aValueIsNotTakenForAnOption() {
    assertThat(build("--bin", "--release").profile()).isEqualTo("release");
    assertThat(build("--features", "--profile", "x").value("--profile")).isEmpty();
    assertThat(build("-p", "-v").isVerbose()).isFalse();
  }

  @Test
  void flagsMayShareADash() {
    assertThat(build("-vq").isQuiet()).isTrue();
    assertThat(build("-vq").isVerbose()).isTrue();
    assertThat(build("--quiet").isVerbose()).isFalse();
    assertThat(build("--", "-v").isVerbose()).isFalse();
    assertThat(build("--verbose-not").isVerbose()).isFalse();
  }

  /// `-pserver` is `-p server`, not `-p -s -e -r`.
  @ParameterizedTest
  @CsvSource({"-pserver", "-vpserver", "-jr", "-Zr"})
  void aValueMayFollowItsLetter(String word) {
    var arguments = build(word);
    assertThat(arguments.has("--release", 'r')).isFalse();
    assertThat(arguments.commandLine(List.of())).containsExactly("build", "--release", word);
  }

  @ParameterizedTest
  @CsvSource({
    "BUILD, '', release",
    "BUILD, -r, release",
    "BUILD, --profile=tiny, tiny",
    "BUILD, --profile tiny, tiny",
    "BUILD, --release --profile tiny, tiny",
    "BUILD, -- --profile tiny, release",
    "BENCH, '', bench",
    "INSTALL, '', release",
    "INSTALL, --debug, dev"
  })
  void theProfileIsTheOneThatCargoTakes(Subcommand subcommand, String words, String profile) {
    var list = words.isEmpty() ? List.<String>of() : List.of(words.split(" "));
    assertThat(CargoArguments.of(subcommand, list, false).profile()).isEqualTo(profile);
  }

  @Test
  void devIsCargosOwnDefault() {
    var arguments = CargoArguments.of(Subcommand.BUILD, List.of("-v"), true);
    assertThat(arguments.profile()).isEqualTo("dev");
    assertThat(arguments.commandLine(List.of())).containsExactly("build", "-v");
  }

  @Test
  void theCommandLineKeepsTheUsersWords() {
    assertThat(build("+nightly", "-p", "a", "--", "x").commandLine(List.of("--config", "k=1")))
        .containsExactly("+nightly", "build", "--release", "--config", "k=1", "-p", "a", "--", "x");
    assertThat(build("--profile", "tiny").commandLine(List.of()))
        .containsExactly("build", "--profile", "tiny");
    assertThat(build("-vr").commandLine(List.of())).containsExactly("build", "-vr");
    assertThat(
            CargoArguments.of(Subcommand.INSTALL, List.of("--path", "x"), false)
                .commandLine(List.of()))
        .containsExactly("install", "--path", "x");
  }

  @Test
  void onlyTheFirstWordIsAToolchain() {
    assertThat(build("+nightly").toolchain()).contains("+nightly");
    assertThat(build("-v", "+nightly").toolchain()).isEmpty();
    assertThat(build("-v", "+nightly").words()).containsExactly("-v", "+nightly");
  }

  @Test
  void theManifestsFolder() {
    assertThat(build("--manifest-path", "/a/b/Cargo.toml").manifestFolder())
        .contains(Path.of("/a/b"));
    assertThat(build().manifestFolder()).isEmpty();
    assertThat(
            CargoArguments.of(Subcommand.INSTALL, List.of("--path=/a/b"), false).manifestFolder())
        .contains(Path.of("/a/b"));
  }
}
