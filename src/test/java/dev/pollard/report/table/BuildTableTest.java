package dev.pollard.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.report.Reports;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuildTableTest {
  @Test
  void showsSizesPassesAndTime() {
    assertThat(BuildTable.render(List.of(Reports.firmware()), Style.PLAIN))
        .isEqualTo(
            """
            sensor  thumbv7em-none-eabi, rustc 1.95.0, effort default, 42 async state machines
                                           stock      pruned       saved
              flash                      100,000      88,500      11,500   11.5 %
                text                      97,900      86,400      11,500   11.7 %
                rodata                     2,000       2,000           0    0.0 %
                data                         100         100           0    0.0 %
              RAM                          3,000       3,000           0    0.0 %
              largest poll frame           5,784          48       5,736   99.2 %
              deepest poll stack          11,568          96      11,472   99.2 %

              pass                       changes flash saved stack saved
              resumed-panics                  42         810          16
              tune                             1      10,690          -8

              10.0 s added, 1.25x the final rustc call (8.0 s) (load 0.6, tune 9.4)

            """);
  }

  @Test
  void severalArtifactsEndInOneLineEachAndAFallbackSaysWhy() {
    String text = BuildTable.render(List.of(Reports.firmware(), Reports.fallback()), Style.PLAIN);
    assertThat(text)
        .contains("  stock artifact kept: the worker ran out of memory\n")
        .contains("1 async state machine\n")
        .contains("  file                        20,000      20,000           0    0.0 %\n")
        .contains("    gzip                       9,000       9,000           0    0.0 %\n")
        .endsWith(
            """
              flash                        stock      pruned       saved
              sensor                     100,000      88,500      11,500   11.5 %
              crawler                     20,000      20,000  stock kept

            """);
  }

  @Test
  void coloursOnlyWhenWanted() {
    assertThat(BuildTable.render(List.of(Reports.firmware()), Style.PLAIN))
        .doesNotContain("\u001b");
    assertThat(BuildTable.render(List.of(Reports.firmware()), Style.COLOR))
        .contains("\u001b[1msensor\u001b[0m")
        .contains("\u001b[32m");
  }

  @Test
  void oneLineForAPlainCargoBuild() {
    assertThat(BuildTable.line(Reports.firmware(), Style.PLAIN))
        .isEqualTo(
            "pollard sensor: 100,000 -> 88,500 bytes of flash, 11.5 % saved, "
                + "10.0 s added, 1.25x the final rustc call (8.0 s)");
    assertThat(BuildTable.line(Reports.fallback(), Style.PLAIN))
        .isEqualTo("pollard crawler: stock artifact kept: the worker ran out of memory");
  }

  @Test
  void nothingForNoReport() {
    assertThat(BuildTable.render(List.of(), Style.PLAIN)).isEmpty();
  }
}
