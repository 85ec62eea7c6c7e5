package dev.pollard.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrialLinksTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "rust-lld -flavor gnu a.o -o a -Tlink.x",
        "/usr/bin/ld.lld a.o",
        "cc a.o -Wl,--gc-sections -L /home/me/Maps",
        "arm-none-eabi-gcc a.o",
        "clang-19 a.o",
        "wasm-ld a.o",
        "flip-link a.o",
        "rust-lld a.o /home/me/app-Map=1/b.o -L/x/--reproduce"
      })
  void aKnownLinkerMayRunOften(String command) {
    assertThat(TrialLinks.makesOneFile(List.of(command.split(" ")))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "./sign-and-link.sh a.o",
        "mold-wrapper a.o",
        "rust-lld -flavor gnu a.o -Map=a.map",
        "cc a.o -Wl,-Map,a.map",
        "ld.lld a.o --reproduce=a.tar",
        "gcc a.o -save-temps",
        "ld.lld @options"
      })
  void whatMayWriteMoreRunsOnce(String command) {
    assertThat(TrialLinks.makesOneFile(List.of(command.split(" ")))).isFalse();
  }
}
