package dev.pollard.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.object.elf.ElfFile;
import dev.pollard.object.elf.ElfSection;
import dev.pollard.testing.ElfBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class GaugeTest {
  private static final Region FLASH = new Region("FLASH", 0, 128);
  private static final Region RAM = new Region("RAM", 0x2000_0000L, 64);

  private static ElfFile firmware(int text) {
    long code = ElfSection.SHF_ALLOC | ElfSection.SHF_EXECINSTR;
    long data = ElfSection.SHF_ALLOC | ElfSection.SHF_WRITE;
    return ElfBuilder.arm()
        .section(".text", code, 0, new byte[text])
        .section(".data", data, 0x2000_0000L, new byte[8])
        .noBits(".bss", 0x2000_0008L, 20)
        .noBits(".stack", 0x2000_0020L, 16)
        .section(".debug_info", 0, 0, new byte[1000])
        .load(5, 0, 0, text, text)
        .load(6, 0x2000_0000L, text, 8, 28)
        .read();
  }

  @Test
  void dataCountsWhereItRunsAndWhereItIsLoadedFrom() {
    Gauge.All all = Gauge.of(firmware(100), List.of(FLASH, RAM));
    assertThat(all.outside()).isEmpty();
    assertThat(all.gauges()).containsExactly(new Gauge(FLASH, 108, 0), new Gauge(RAM, 28, 16));
    assertThat(all.gauges()).noneMatch(Gauge::isBroken);
  }

  @Test
  void aRegionIsBrokenByOneByteTooMany() {
    assertThat(Gauge.of(firmware(120), List.of(FLASH, RAM)).gauges().getFirst().isBroken())
        .isFalse();
    assertThat(Gauge.of(firmware(121), List.of(FLASH, RAM)).gauges().getFirst().isBroken())
        .isTrue();
  }

  @Test
  void whatLiesInNoRegionIsNamed() {
    assertThat(Gauge.of(firmware(100), List.of(FLASH)).outside())
        .containsExactly(".bss at 0x20000008", ".stack at 0x20000020");
  }
}
