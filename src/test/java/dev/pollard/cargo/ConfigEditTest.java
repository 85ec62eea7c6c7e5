package dev.pollard.cargo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigEditTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[build]\ntarget = \"thumbv7m-none-eabi\" # the board\n",
        "# a comment\n\n[profile.release]\nopt-level = \"z\"\nlto = true\n\n[net]\noffline = false\n",
        "[build]\nrustc-workspace-wrapper = \"other\"\n",
        "[env]\nA = \"b\"",
      })
  void whatIsAddedIsTakenBackToTheByte(String text) {
    String changed = ConfigEdit.add(text);
    assertThat(changed)
        .contains("rustc-workspace-wrapper = \".cargo/pollard-rustc\"")
        .contains("lto = \"fat\"")
        .contains("codegen-units = 1");
    assertThat(ConfigEdit.isDone(changed)).isTrue();
    assertThat(ConfigEdit.isDone(text)).isFalse();
    assertThat(ConfigEdit.remove(changed)).isEqualTo(text);
  }

  @Test
  void aWrapperThatWasThereIsKnown() {
    assertThat(
            ConfigEdit.replacedWrapper(
                ConfigEdit.add("[build]\nrustc-workspace-wrapper = \"w\"\n")))
        .contains("w");
    assertThat(ConfigEdit.replacedWrapper(ConfigEdit.add(""))).isEmpty();
  }

  @Test
  void keysGoIntoTheTableThatIsThere() {
    assertThat(ConfigEdit.add("[build]\njobs = 2\n").lines().filter(l -> l.startsWith("[build]")))
        .hasSize(1);
  }

  @Test
  void whatCannotBeEditedIsRefused() {
    assertThatThrownBy(() -> ConfigEdit.add("build.jobs = 2\n"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ConfigEdit.add("build = { jobs = 2 }\n"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ConfigEdit.add("[build\n")).hasMessageContaining("not valid TOML");
  }
}
