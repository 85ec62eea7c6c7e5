package dev.pollard.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pollard.budget.BudgetException;
import dev.pollard.budget.Region;
import dev.pollard.size.ArtifactSizes;
import dev.pollard.size.ArtifactSizes.SectionSize;
import dev.pollard.testing.DebugProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a program's file, target, crates and linker script tell.
final class FactsTest {
  @TempDir private Path folder;

  @Test
  void theTargetAndWhetherItListensMakeTheKind() {
    assertThat(Kind.of("", true)).isEqualTo(Kind.SERVER);
    assertThat(Kind.of("x86_64-unknown-linux-musl", false)).isEqualTo(Kind.TOOL);
    assertThat(Kind.of("thumbv7em-none-eabihf", false)).isEqualTo(Kind.FIRMWARE);
    assertThat(Kind.of("riscv32imac-unknown-none-elf", true)).isEqualTo(Kind.FIRMWARE);
    assertThat(Kind.of("wasm32-wasip1", false)).isEqualTo(Kind.WASM);
  }

  @Test
  void namesOfCratesAndFunctionsTell() {
    assertThat(KnownCrates.executors(List.of("serde", "tokio", "embassy-executor")))
        .containsExactly("tokio", "embassy_executor");
    assertThat(KnownCrates.isSupport("futures_util")).isTrue();
    assertThat(KnownCrates.isSupport("app")).isFalse();
    assertThat(KnownCrates.dataParallel(List.of("rayon-core"))).isTrue();
    assertThat(KnownCrates.listens("tokio::net::tcp::listener::TcpListener::bind::{async fn}"))
        .isTrue();
    assertThat(KnownCrates.listens("std::net::tcp::TcpStream::connect")).isFalse();
  }

  private static ArtifactSizes sizes(long text, long bss) {
    return new ArtifactSizes(
        100,
        20,
        100,
        0,
        0,
        20,
        OptionalLong.empty(),
        OptionalLong.empty(),
        List.of(
            new SectionSize(".text", ArtifactSizes.Kind.TEXT, text, 100),
            new SectionSize(".bss", ArtifactSizes.Kind.BSS, bss, 20)));
  }

  @Test
  void theRegionsThatHoldTheProgramAreItsRoom() {
    var regions =
        List.of(
            new Region("BOOT", 0, 0x1000),
            new Region("FLASH", 0x1000, 0x8000),
            new Region("CCRAM", 0x1000_0000, 0x400),
            new Region("RAM", 0x2000_0000, 0x2000));
    assertThat(Room.of(regions, sizes(0x1000, 0x2000_0010), "memory.x"))
        .contains(new Room(0x8000, 0x2000, "memory.x"));
    // Another chip's addresses: by the names.
    assertThat(Room.of(regions, sizes(0x0800_0000, 0x3000_0000), "memory.x"))
        .contains(new Room(0x8000, 0x2000, "memory.x"));
    assertThat(Room.of(List.of(), sizes(0, 0), "memory.x")).isEmpty();
  }

  private Room.Sources sources(Optional<String> chip, Optional<Path> script, Path... scripts) {
    return new Room.Sources(chip, script, folder, List.of(scripts));
  }

  @Test
  void theCommandLineThenTheManifestThenMemoryXTell() throws Exception {
    Files.writeString(folder.resolve("Cargo.toml"), "[package]\nname = \"a\"\n");
    var out = Files.createDirectory(folder.resolve("out"));
    var none = sources(Optional.empty(), Optional.empty(), out);
    assertThat(Room.find(none, sizes(0, 0x2000_0000))).isEmpty();
    Files.writeString(
        out.resolve("memory.x"),
        "MEMORY { FLASH : ORIGIN = 0, LENGTH = 64K\n RAM : ORIGIN = 0x20000000, LENGTH = 8K }");
    assertThat(Room.find(none, sizes(0, 0x2000_0000)))
        .contains(new Room(64 << 10, 8 << 10, "memory.x"));
    var chip = sources(Optional.of("STM32F103C8"), Optional.empty(), out);
    assertThat(Room.find(chip, sizes(0, 0x2000_0000)))
        .contains(new Room(64 << 10, 20 << 10, "STM32F103C8"));
    assertThatThrownBy(() -> Room.find(sources(Optional.of("Z80"), Optional.empty()), sizes(0, 0)))
        .isInstanceOf(BudgetException.class)
        .hasMessageContaining("--chip: Z80 is no chip that is known");
  }

  @Test
  void aModulesSizeIsWithoutDebugInfo() throws Exception {
    var module = DebugProgram.build(folder, "wasm32-unknown-unknown", 4);
    Files.writeString(folder.resolve("Cargo.toml"), "[package]\nname = \"a\"\n");
    var facts =
        ProgramFacts.of(
            "machines",
            module,
            "wasm32-unknown-unknown",
            List.of("machines"),
            sources(Optional.empty(), Optional.empty()),
            OptionalLong.of(4096));
    assertThat(facts.kind()).isEqualTo(Kind.WASM);
    assertThat(facts.limit()).hasValue(4096);
    assertThat(facts.described()).isTrue();
    assertThat(facts.footprint().flash()).isPositive().isLessThan(Files.size(module) / 2);
  }
}
