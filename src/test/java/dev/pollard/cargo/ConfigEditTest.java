package dev.pollard.cargo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.dataformat.toml.TomlMapper;

class ConfigEditTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "# only a comment",
        "[build]\ntarget = \"thumbv7m-none-eabi\" # the board\n",
        "# a comment\n\n[profile.release]\nopt-level = \"z\"\nlto = true\n\n[net]\noffline = false\n",
        "[ profile . release ] # ours\nlto = \"thin\" # quick\n[build]\njobs = 2\n",
        "[profile.release.package.a]\nopt-level = 3\n[profile.dev]\nlto = \"off\"\n",
        "[build]\nrustc-workspace-wrapper = \"other\"\n",
        "[env]\nA = \"b\"",
        "[build]",
        "[profile.release]",
        "[build]\nrustc-workspace-wrapper = \"other\"",
        "[build]\r\njobs = 2\r\n",
        "[build]\r\nrustc-workspace-wrapper = \"w\"\r\n[env]\r\nA = \"b\"",
        "[env]\r\nA = \"b\"\r\n[profile.release]",
      })
  void whatIsAddedIsTakenBackToTheByte(String text) {
    var changed = ConfigEdit.add(text);
    var tree = new TomlMapper().readTree(changed);
    assertThat(tree.at("/build/rustc-workspace-wrapper").asString())
        .isEqualTo(".cargo/pollard-rustc");
    assertThat(tree.at("/profile/release/lto").asString()).isEqualTo("fat");
    assertThat(tree.at("/profile/release/codegen-units").asInt()).isEqualTo(1);
    assertThat(ConfigEdit.isDone(changed)).isTrue();
    assertThat(ConfigEdit.isDone(text)).isFalse();
    assertThat(ConfigEdit.remove(changed)).contains(text);
  }

  @Test
  void everyWrittenLineIsMarkedAndNoOtherByteChanges() {
    var text = "# top\n[build]  # b\n  jobs = 2\n\n[net]\n\toffline = false # n\n";
    var others = ConfigEdit.add(text).lines().filter(l -> !l.endsWith(ConfigEdit.MARK)).toList();
    assertThat(String.join("\n", others) + "\n").isEqualTo(text);
  }

  @Test
  void aNewFileGoesAwayAgain() {
    for (var folder : new boolean[] {false, true}) {
      var text = ConfigEdit.create(folder);
      assertThat(ConfigEdit.madeFolder(text)).isEqualTo(folder);
      assertThat(ConfigEdit.remove(text)).isEmpty();
      assertThat(ConfigEdit.remove(text + "[env]\nA = \"b\"\n")).contains("[env]\nA = \"b\"\n");
    }
  }

  @Test
  void keysThatOthersPutIntoOurTableStayInIt() {
    var edited =
        ConfigEdit.add("[net]\noffline = false\n").replace("[profile", "jobs = 2\n[profile");
    assertThat(ConfigEdit.remove(edited)).contains("[net]\noffline = false\n[build]\njobs = 2\n");
  }

  @Test
  void whatFollowsACutLineStaysOnALineOfItsOwn() {
    var edited = ConfigEdit.add("[env]\nA = \"b\"") + "[net]\noffline = true\n";
    assertThat(ConfigEdit.remove(edited)).contains("[env]\nA = \"b\"\n[net]\noffline = true\n");
  }

  @Test
  void anUndoThatWouldLeaveNoTomlIsRefused() {
    var edited = ConfigEdit.add("") + "[build]\n";
    assertThatThrownBy(() -> ConfigEdit.remove(edited + "x = [\n"))
        .hasMessageContaining("not valid TOML");
  }

  @Test
  void aWrapperThatWasThereIsKnown() {
    assertThat(replaced("[build]\nrustc-workspace-wrapper = \"w\" # w\n")).contains("w");
    assertThat(replaced("[build]\r\nrustc-workspace-wrapper = 'a/w'\r\n")).contains("a/w");
    assertThat(replaced("[build]\nrustc-workspace-wrapper = \"\"\n")).isEmpty();
    assertThat(replaced("")).isEmpty();
  }

  @Test
  void pollardIsNotChainedToItself() {
    assertThat(replaced("[build]\nrustc-workspace-wrapper = \".cargo/pollard-rustc\"\n")).isEmpty();
  }

  private static Optional<String> replaced(String text) {
    return ConfigEdit.replacedWrapper(ConfigEdit.add(text));
  }

  @Test
  void keysGoIntoTheTableThatIsThere() {
    assertThat(ConfigEdit.add("[build]\njobs = 2\n").lines().filter(l -> l.startsWith("[build]")))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "build.jobs = 2\n",
        "build = { jobs = 2 }\n",
        "[build]\n\"rustc-workspace-wrapper\" = \"w\"\n",
        "[profile.release]\nlto = '''\nfat'''\n",
        "[env]\nA = '''\n[build]\n'''\n",
      })
  void whatCannotBeEditedIsRefused(String text) {
    assertThatThrownBy(() -> ConfigEdit.add(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be edited line by line");
  }

  @Test
  void whatIsNoTomlIsRefused() {
    assertThatThrownBy(() -> ConfigEdit.add("[build\n")).hasMessageContaining("not valid TOML");
    assertThatThrownBy(() -> ConfigEdit.add("build = 1\n")).hasMessageContaining("no table");
  }
}
