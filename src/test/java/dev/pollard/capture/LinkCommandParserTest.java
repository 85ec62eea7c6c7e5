package dev.pollard.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class LinkCommandParserTest {
  private static final Path HERE = Path.of("/work");

  @Test
  void readsEnvironmentThenProgram() throws CaptureException {
    var link =
        LinkCommandParser.parse(
            "LC_ALL=\"C\" PATH=\"/a:/b c\" VSLANG=\"1033\" \"rust-lld\" \"-flavor\" \"gnu\" \"-o\""
                + " \"out\"\n",
            HERE);
    assertThat(link.arguments()).containsExactly("rust-lld", "-flavor", "gnu", "-o", "out");
    assertThat(link.environment())
        .containsEntry("PATH", "/a:/b c")
        .containsEntry("LC_ALL", "C")
        .hasSize(3);
    assertThat(link.workingDirectory()).isEqualTo(HERE);
  }

  @Test
  void readsRemovedVariablesAndFolder() throws CaptureException {
    var link =
        LinkCommandParser.parse(
            "cd \"sub\" && env -u IPHONEOS_DEPLOYMENT_TARGET -u SDKROOT LC_ALL=\"C\" \"cc\" \"a\"",
            HERE);
    assertThat(link.removedEnvironment()).containsExactly("IPHONEOS_DEPLOYMENT_TARGET", "SDKROOT");
    assertThat(link.environment()).containsOnlyKeys("LC_ALL");
    assertThat(link.arguments()).containsExactly("cc", "a");
    assertThat(link.workingDirectory()).isEqualTo(HERE.resolve("sub"));
  }

  @Test
  void undoesRustEscapes() throws CaptureException {
    var link =
        LinkCommandParser.parse("\"cc\" \"a\\\"b\\\\c\\n\\t\\u{301}\\'\" \"é = x\" \"\"", HERE);
    assertThat(link.arguments()).containsExactly("cc", "a\"b\\c\n\t\u0301'", "é = x", "");
  }

  @Test
  void takesTheProgramBeforeArgumentZero() throws CaptureException {
    var link = LinkCommandParser.parse("[\"/usr/bin/cc\"] \"cc\" \"x\"", HERE);
    assertThat(link.arguments()).containsExactly("/usr/bin/cc", "x");
  }

  @Test
  void refusesWhatItCannotRepeat() {
    assertThatThrownBy(() -> LinkCommandParser.parse("env -i \"cc\"", HERE))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("cleared environment");
    assertThatThrownBy(() -> LinkCommandParser.parse("\"cc\" \"a\\xFF\"", HERE))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> LinkCommandParser.parse("\"cc\" \"open", HERE))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("without end");
    assertThatThrownBy(() -> LinkCommandParser.parse("", HERE))
        .isInstanceOf(CaptureException.class);
  }

  @Test
  void changesObjectAndOutputAlone() throws CaptureException {
    var link = LinkCommandParser.parse("\"cc\" \"/t/a.o\" \"-o\" \"/t/a\" \"/t/a.o.x\"", HERE);
    var changed = link.with(Path.of("/t/a.o"), Path.of("/n/b.o"), Path.of("/t/a"), Path.of("/n/b"));
    assertThat(changed.arguments()).containsExactly("cc", "/n/b.o", "-o", "/n/b", "/t/a.o.x");
  }
}
