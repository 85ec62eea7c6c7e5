package dev.pollard.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryLayoutTest {
  private static List<Region> parse(String text) throws BudgetException {
    return MemoryLayout.parse("memory.x", text);
  }

  @Test
  void regionsAreReadAsLinkersReadThem() throws BudgetException {
    assertThat(
            parse(
                """
                /* NOTE: 1 K = 1 KiB; RAM : ORIGIN = 0, LENGTH = 1 */
                MEMORY
                {
                  FLASH (rx) : ORIGIN = 0x00000000, LENGTH = 1024K - 0x1000
                  BOOT : org = ORIGIN(FLASH) + LENGTH(FLASH), len = 4K /* the rest */
                  RAM        : o = 0x20000000,
                               l = (2 + 2) * 16K / 2
                }
                _stack_start = ORIGIN(RAM) + LENGTH(RAM);
                """))
        .containsExactly(
            new Region("FLASH", 0, 1_044_480),
            new Region("BOOT", 1_044_480, 4096),
            new Region("RAM", 0x2000_0000L, 32768));
    assertThat(parse("MEMORY { RAM : ORIGIN = 0x20000000, LENGTH = 1M }"))
        .containsExactly(new Region("RAM", 0x2000_0000L, 1 << 20));
  }

  @Test
  void whatIsNotUnderstoodIsNamed() {
    for (String bad :
        List.of(
            "4Q",
            "LENGTH(ROM)",
            "(1",
            "1 +",
            "1 1",
            "9223372036854775808",
            "8M * 8M * 8M",
            "1 / 0",
            "")) {
      assertThatThrownBy(() -> parse("MEMORY {\n  FLASH : ORIGIN = 0, LENGTH = " + bad + "\n}"))
          .isInstanceOf(BudgetException.class)
          .hasMessageStartingWith("memory.x, line ");
    }
    assertThatThrownBy(() -> parse("SECTIONS {}")).hasMessageContaining("has no MEMORY");
    assertThatThrownBy(
            () -> parse("MEMORY { A : ORIGIN = 0, LENGTH = " + "(".repeat(50_000) + "\n}"))
        .hasMessageContaining("too many parentheses");
  }
}
