package dev.pollard.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RustcArgumentsTest {
  private static RustcArguments of(String... arguments) throws IOException {
    return RustcArguments.parse(List.of(arguments), Path.of("/project"));
  }

  @Test
  void aTargetIsCalledAsCargoCallsIt() throws IOException {
    assertThat(of("--target", "riscv32imac-unknown-none-elf").targetName())
        .contains("riscv32imac-unknown-none-elf");
    assertThat(of("--target=/specs/my-board.json").targetName()).contains("my-board");
    assertThat(of("src/main.rs").targetName()).isEmpty();
  }
}
