package dev.pollard.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.testing.DebugProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MachineDetailsTest {
  @TempDir private static Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"x86_64-linux-gnu", "thumbv7em-none-eabi", "riscv32-none-elf"})
  void aTaskRetainsWhatOnlyItReaches(String triple) throws IOException {
    Inspection inspection = Inspection.of(DebugProgram.build(folder, triple, 4));
    Map<String, MachineDetails> details = new HashMap<>();
    long all = 0;
    for (MachineCost m : inspection.machines()) {
      MachineDetails d = inspection.details(m);
      details.put(m.name(), d);
      assertThat(d.retainedBytes()).as(m.name()).isGreaterThanOrEqualTo(m.flash());
      all += m.flash();
    }
    assertThat(retained(details, "machines::task")).isGreaterThanOrEqualTo(all);
    // Two sums await it: none of them retains it.
    MachineCost leaf = machine(inspection, "machines::leaf");
    MachineCost sum = machine(inspection, "machines::sum::<2>");
    assertThat(retained(details, sum.name())).isLessThan(sum.flash() + leaf.flash());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x86_64-linux-gnu", "thumbv7em-none-eabi", "riscv32-none-elf"})
  void constantsAreChargedToTheirUsers(String triple) throws IOException {
    // Code that runs anywhere makes addresses by `lea` on x86-64, and has its pointers in data.
    String model = triple.startsWith("x86") ? "pic" : "static";
    Inspection inspection =
        Inspection.of(DebugProgram.build(folder, triple, 4, "--relocation-model=" + model));
    long charged = 0;
    for (MachineCost m : inspection.machines()) {
      charged += inspection.details(m).constantBytes();
    }
    assertThat(charged).isPositive();
    long shares =
        inspection.shares().stream()
            .filter(s -> s.part() == Share.Part.CONSTANT)
            .mapToLong(Share::bytes)
            .sum();
    assertThat(shares).isEqualTo(charged);
    assertThat(
            inspection.byKind().getOrDefault(Piece.Kind.CONSTANT, 0L)
                + inspection.byKind().getOrDefault(Piece.Kind.DATA, 0L))
        .isGreaterThanOrEqualTo(charged);
  }

  @Test
  void instancesOfAGenericFunctionAreOneGroup() throws IOException {
    Inspection inspection = Inspection.of(DebugProgram.build(folder, "thumbv7em-none-eabi", 4));
    assertThat(inspection.generics())
        .singleElement()
        .satisfies(g -> {
          assertThat(g.name()).isEqualTo("machines::sum");
          assertThat(g.instances())
              .containsExactlyInAnyOrder("machines::sum::<2>", "machines::sum::<4>");
          assertThat(g.mergeSaves())
              .isEqualTo(
                  Stream.of("machines::sum::<2>", "machines::sum::<4>")
                      .mapToLong(n -> machine(inspection, n).flash())
                      .min()
                      .orElseThrow());
        });
    assertThat(GenericMachines.plain("a::f::<b::C<fn() -> u8>>::{async block#0}"))
        .isEqualTo("a::f::{async block#0}");
    assertThat(GenericMachines.plain("<a::T<u8> as b::U>::f")).isEqualTo("<a::T<u8> as b::U>::f");
  }

  @Test
  void whatMakesAFutureLargeIsNamed() throws IOException {
    Inspection inspection = Inspection.of(DebugProgram.build(folder, "thumbv7em-none-eabi", 4));
    assertThat(machine(inspection, "machines::task").largestHeld())
        .hasValueSatisfying(kept -> {
          assertThat(kept.state().name()).isEqualTo("Suspend2");
          assertThat(kept.held().isAwaitee()).isTrue();
          assertThat(kept.held().size()).isEqualTo(72);
        });
  }

  private static long retained(Map<String, MachineDetails> details, String name) {
    return details.getOrDefault(name, MachineDetails.NONE).retainedBytes();
  }

  private static MachineCost machine(Inspection inspection, String name) {
    return inspection.machines().stream()
        .filter(m -> m.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
