package dev.pollard.name;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SymbolPathTest {
  @Test
  void readsBothManglings() {
    assertThat(path("_RNvNtCs4Dx3iwNbY9p_4core9panicking9panic_fmt"))
        .containsExactly("core", "panicking", "panic_fmt");
    assertThat(path("_RNvNtC4core9panicking9panic_fmt.llvm.123"))
        .containsExactly("core", "panicking", "panic_fmt");
    assertThat(path("_ZN4core9panicking9panic_fmt17h0123456789abcdefE"))
        .containsExactly("core", "panicking", "panic_fmt");
  }

  @Test
  void leavesOutGenericArguments() {
    assertThat(path("_RINvNtCsvqdZcZR5As_4core9panicking13assert_failedjjEB4_"))
        .containsExactly("core", "panicking", "assert_failed");
    assertThat(path("_RNvNvNvNtCsvqdZcZR5As_4core3num22from_ascii_radix_panic8do_panic7runtime"))
        .containsExactly("core", "num", "from_ascii_radix_panic", "do_panic", "runtime");
  }

  @Test
  void knowsNothingOfOtherSymbols() {
    for (String symbol :
        List.of(
            "main",
            "_ZN3foo3barE",
            "_ZNSt6vectorIiE4sizeEv",
            "_RNvMs4_NtNtCsvqdZcZR5As_4core5panic8locationNtB5_8Location4file",
            "_RNvC99x",
            "_RNv",
            "_ZN")) {
      assertThat(SymbolPath.of(symbol)).as(symbol).isEmpty();
    }
  }

  private static List<String> path(String symbol) {
    return SymbolPath.of(symbol).orElseThrow().segments();
  }
}
