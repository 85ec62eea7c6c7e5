package dev.pollard.toolchain;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KnownLlvmTest {
  private static Toolchain toolchain(String llvm) {
    return new Toolchain(
        Path.of("/rustc"), "1.95.0", "abc", "host", llvm, Path.of("/"), Path.of("/libLLVM.so"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"22.1.2", "22.0", "22"})
  void theOnesThatWereTriedPass(String llvm) {
    assertThatCode(() -> KnownLlvm.require(toolchain(llvm), Map.of())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"20.1.8", "23.0.0", "2.2", "220.1", "", "22-rust"})
  void othersAreRefusedWithTheWayOut(String llvm) {
    assertThatThrownBy(() -> KnownLlvm.require(toolchain(llvm), Map.of(KnownLlvm.ANY, "")))
        .isInstanceOf(ToolchainException.class)
        .hasMessageContaining("LLVM " + llvm)
        .hasMessageContaining("rustc 1.95.0")
        .hasMessageContaining("POLLARD_ANY_LLVM=1");
  }

  @Test
  void whoWantsToTryMay() {
    assertThatCode(() -> KnownLlvm.require(toolchain("23.0.0"), Map.of(KnownLlvm.ANY, "1")))
        .doesNotThrowAnyException();
  }
}
