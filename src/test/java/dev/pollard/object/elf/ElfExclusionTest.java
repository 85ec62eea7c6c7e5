package dev.pollard.object.elf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.testing.ElfBuilder;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElfExclusionTest {
  private static final long EXCLUDED = 0x8000_0000L;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"false, LITTLE", "false, BIG", "true, LITTLE", "true, BIG"})
  void setsTheFlagOfThatSectionAlone(boolean is64, String order) throws Exception {
    Path file = folder.resolve("x.o");
    Files.write(
        file,
        new ElfBuilder(is64, order.equals("BIG") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
            .section(".text", 6, 0, new byte[] {1, 2, 3, 4})
            .section(".stack_sizes", 0x80, 0, new byte[] {5, 6})
            .section(".rodata", 2, 0, new byte[] {7})
            .bytes());

    assertThat(ElfExclusion.exclude(file, ".stack_sizes")).isEqualTo(1);

    ElfFile elf = ElfFile.read(file);
    assertThat(elf.section(".stack_sizes").orElseThrow().flags()).isEqualTo(0x80 | EXCLUDED);
    assertThat(elf.section(".text").orElseThrow().flags()).isEqualTo(6);
    assertThat(elf.section(".rodata").orElseThrow().flags()).isEqualTo(2);
  }

  @Test
  void leavesOtherFilesAlone() throws Exception {
    Path file = folder.resolve("x.wasm");
    Files.write(file, new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});

    assertThat(ElfExclusion.exclude(file, ".stack_sizes")).isZero();
    assertThat(file).hasBinaryContent(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
  }
}
