package dev.pollard.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.report.BuildReport;
import dev.pollard.report.Reports;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
              round-z                          1      10,690          -8
              static-alignment                 3           0           0
              lto-z                            9           -           -

              10.0 s added, 1.25x the final rustc call (8.0 s) (tune 9.4, code generation 0.6)

            """);
  }

  @Test
  void severalArtifactsEndInOneLineEachAndAFallbackSaysWhy() {
    String text = BuildTable.render(List.of(Reports.firmware(), Reports.fallback()), Style.PLAIN);
    assertThat(text)
        .contains(
            "  stock artifact kept: the worker ran out of memory (--repro FILE packs what is needed to see it again)\n")
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
        .isEqualTo(
            "pollard crawler: stock artifact kept: the worker ran out of memory"
                + " (--repro FILE packs what is needed to see it again)");
  }

  @Test
  void whatWasPrunedBeforeSaysSo() {
    var made = Reports.firmware();
    assertThat(BuildTable.render(List.of(made), Style.PLAIN)).doesNotContain("unchanged");
    var again =
        new BuildReport(
            made.artifact(),
            made.target(),
            made.toolchain(),
            made.effort(),
            made.stock(),
            made.pruned(),
            made.passes(),
            made.machines(),
            made.fallback(),
            Map.of("rustc", Duration.ofSeconds(8), "link", Duration.ofSeconds(1)));
    assertThat(BuildTable.render(List.of(again), Style.PLAIN))
        .contains("  unchanged, not pruned again: linked anew\n");
  }

  @Test
  void nothingForNoReport() {
    assertThat(BuildTable.render(List.of(), Style.PLAIN)).isEmpty();
  }
}
