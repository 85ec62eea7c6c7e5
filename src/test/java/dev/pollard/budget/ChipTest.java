package dev.pollard.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChipTest {
  @Test
  void thereAreManyAndEachSaysWhereItsFiguresAreFrom() {
    List<Chip> all = Chip.all();
    assertThat(all).hasSizeGreaterThan(40);
    assertThat(all.stream().map(Chip::name)).doesNotHaveDuplicates();
    assertThat(all)
        .allSatisfy(c -> {
          assertThat(c.source()).hasSizeGreaterThan(20);
          assertThat(c.regions()).hasSizeGreaterThanOrEqualTo(2);
          assertThat(c.regions().stream().map(Region::name)).doesNotHaveDuplicates();
          for (Region a : c.regions()) {
            assertThat(a.length()).isPositive();
            assertThat(c.regions().stream().filter(r -> !r.equals(a) && r.contains(a.origin())))
                .isEmpty();
          }
        });
    for (String family :
        List.of(
            "nRF51",
            "nRF52",
            "nRF53",
            "nRF54",
            "nRF91",
            "RP2040",
            "RP2350",
            "STM32F0",
            "STM32F1",
            "STM32F3",
            "STM32F4",
            "STM32F7",
            "STM32G0",
            "STM32G4",
            "STM32H5",
            "STM32H7",
            "STM32L0",
            "STM32L4",
            "STM32U5",
            "STM32WB",
            "STM32WL",
            "STM32C0",
            "ESP32-C3",
            "ESP32-C6")) {
      assertThat(all).anyMatch(c -> c.name().startsWith(family));
    }
  }

  @Test
  void namesAreFoundAsPeopleWriteThem() {
    assertThat(Chip.of("nrf52840_xxAA").map(Chip::name)).contains("nRF52840");
    assertThat(Chip.of("STM32F407VGT6").map(Chip::name)).contains("STM32F407VG");
    assertThat(Chip.of("esp32c3").map(Chip::name)).contains("ESP32-C3");
    assertThat(Chip.of("nrf51822_xxab").map(Chip::name)).contains("nRF51822_xxAB");
    assertThat(Chip.of("nRF51822_xxAA").map(Chip::name)).contains("nRF51822");
    assertThat(Chip.of("STM32F4")).isEmpty();
    assertThat(Chip.like("STM32F4")).contains("STM32F407VG").doesNotContain("nRF52840");
  }
}
