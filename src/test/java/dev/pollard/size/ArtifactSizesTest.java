package dev.pollard.size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pollard.object.MalformedObjectException;
import dev.pollard.object.elf.ElfFile;
import dev.pollard.object.elf.ElfSection;
import dev.pollard.testing.ElfBuilder;
import dev.pollard.testing.LlvmTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactSizesTest {
  @Test
  void ramLeavesOutStackAndHeapRegionsOfALinkerScript() {
    ElfFile elf =
        ElfBuilder.arm()
            .section(".vector_table", 2, 0, new byte[64])
            .section(".text", 6, 64, new byte[1000])
            .section(".rodata", 2, 2000, new byte[100])
            .section(".data", 3, 0x20000000L, new byte[20])
            .noBits(".bss", 0x20000014L, 30)
            .noBits(".uninit", 0x20000040L, 7)
            .noBits(".heap", 0x20000100L, 4096)
            .noBits(".stack", 0x20002000L, 8192)
            .section(".text_gap", ElfSection.SHT_NOBITS, 2, 0x3000, new byte[0], 50_000, 4)
            .section(".defmt", 0, 0, new byte[500])
            .read();
    ArtifactSizes sizes = ArtifactSizes.of(elf);
    assertThat(sizes.text()).isEqualTo(1000);
    assertThat(sizes.rodata()).isEqualTo(164);
    assertThat(sizes.data()).isEqualTo(20);
    assertThat(sizes.flash()).isEqualTo(1184);
    assertThat(sizes.ram()).isEqualTo(57);
    assertThat(sizes.bss()).isEqualTo(30 + 7 + 4096 + 8192 + 50_000);
    assertThat(sizes.sizeOf(".defmt")).isEqualTo(500);
  }

  @Test
  void agreesWithLlvmSizeOnLibrariesAndObjects(@TempDir Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> list = Files.list(Path.of(System.getProperty("java.home"), "lib"))) {
      files = list.filter(f -> f.toString().endsWith(".so")).toList();
    }
    assertThat(files).isNotEmpty();
    Path source = folder.resolve("a.ll");
    Files.writeString(
        source,
        """
        @data = global [3 x i32] [i32 1, i32 2, i32 3]
        @table = constant [9 x i16] zeroinitializer
        @zero = global [77 x i8] zeroinitializer
        define ptr @f() { ret ptr @zero }
        """);
    Path object = folder.resolve("a.o");
    LlvmTool.run("llc", "-mtriple=thumbv6m-none-eabi", "-filetype=obj", source, "-o", object);
    for (Path file : Stream.concat(files.stream(), Stream.of(object)).toList()) {
      String output = LlvmTool.run("llvm-size", file);
      var line = new java.util.StringTokenizer(output.substring(output.indexOf('\n') + 1));
      long text = Long.parseLong(line.nextToken());
      long data = Long.parseLong(line.nextToken());
      long bss = Long.parseLong(line.nextToken());
      ArtifactSizes sizes = ArtifactSizes.of(file);
      assertThat(List.of(sizes.text() + sizes.rodata(), sizes.data(), sizes.bss(), sizes.flash()))
          .as("%s", file)
          .containsExactly(text, data, bss, text + data);
    }
  }

  @Test
  void aWasmModulesFlashIsItsFile(@TempDir Path folder) throws IOException {
    Path source = folder.resolve("a.ll");
    Files.writeString(
        source,
        """
        target triple = "wasm32-unknown-unknown"
        @table = constant [900 x i16] [%s]
        define i16 @f(i32 %%i) {
          %%p = getelementptr i16, ptr @table, i32 %%i
          %%v = load i16, ptr %%p
          ret i16 %%v
        }
        """
            .formatted(String.join(", ", java.util.Collections.nCopies(900, "i16 7"))));
    Path object = folder.resolve("a.o");
    Path module = folder.resolve("a.wasm");
    LlvmTool.run("llc", "-filetype=obj", source, "-o", object);
    LlvmTool.run("wasm-ld", "--no-entry", "--export=f", object, "-o", module);

    ArtifactSizes linked = ArtifactSizes.of(module);
    assertThat(linked.flash()).isEqualTo(Files.size(module));
    assertThat(linked.gzip().orElseThrow()).isLessThan(linked.flash() / 2);
    assertThat(linked.brotli().orElseThrow()).isLessThanOrEqualTo(linked.gzip().orElseThrow());
    assertThat(linked.rodata()).isGreaterThanOrEqualTo(1800);

    ArtifactSizes emitted = ArtifactSizes.of(object);
    assertThat(emitted.gzip()).isEmpty();
    assertThat(emitted.flash()).isEqualTo(emitted.text() + emitted.rodata() + emitted.data());
    assertThat(emitted.text()).isBetween(10L, 60L);
  }

  @Test
  void whatIsNeitherElfNorWasmIsNamed(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "hello");
    assertThatThrownBy(() -> ArtifactSizes.of(file))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContaining("a.txt");
  }
}
