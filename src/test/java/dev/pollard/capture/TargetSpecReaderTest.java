package dev.pollard.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

final class TargetSpecReaderTest {
  private static boolean shortensCalls(String specification, String... arguments) throws Exception {
    var call = RustcArguments.parse(List.of(arguments), Path.of("/project"));
    return TargetSpecReader.resolve(JsonMapper.shared().readTree(specification), call)
        .shortensCalls();
  }

  private static String specification(String triple, String linker) {
    return """
    {"llvm-target": "%s", "linker": "%s"}\
    """
        .formatted(triple, linker);
  }

  @Test
  void llvmsLinkerShortensCalls() throws Exception {
    var own = specification("riscv32", "rust-lld");
    assertThat(shortensCalls(own)).isTrue();
    assertThat(shortensCalls(own, "-Clink-arg=-Tlink.x", "-Clink-arg=-L/crates/a@1.0")).isTrue();
    assertThat(shortensCalls(own, "-Clinker=/opt/bin/ld.lld")).isTrue();
    assertThat(shortensCalls(own, "-Clinker=riscv64-unknown-elf-gcc")).isFalse();
    assertThat(shortensCalls(specification("riscv32", "cc"))).isFalse();
    assertThat(shortensCalls(specification("thumbv7em-none-eabi", "rust-lld"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Clink-arg=--relax-gp",
        "-Clink-args=-Map=x --relax-gp",
        "-Zpre-link-args=--relax-gp",
        "-Clink-arg=@options",
        "-Clink-args=-Map=x @options",
        "-Zpre-link-arg=@options"
      })
  void whoMayWantTheGlobalPointerGetsNoShortCalls(String argument) throws Exception {
    assertThat(shortensCalls(specification("riscv32", "rust-lld"), argument)).isFalse();
  }

  @Test
  void theTargetMayWantTheGlobalPointer() throws Exception {
    var specification =
        """
        {"llvm-target": "riscv32", "linker": "rust-lld", "pre-link-args": {"gnu-lld": ["--relax-gp"]}}\
        """;
    assertThat(shortensCalls(specification)).isFalse();
  }
}
