package dev.pollard.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.dwarf.DebugSections;
import dev.pollard.object.elf.ElfFile;
import dev.pollard.size.StackSizes;
import dev.pollard.testing.DebugProgram;
import dev.pollard.testing.LlvmTool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The oracle is `.stack_sizes`, which LLVM writes from what it knows.
class FramesTest {
  @TempDir private static Path folder;

  static Stream<List<String>> programs() {
    var programs = new ArrayList<List<String>>();
    // Symbols of big-endian PowerPC are of descriptors, of which the compiler's sizes know nothing.
    for (String triple : List.of("x86_64-linux-gnu", "thumbv7em-none-eabi", "riscv32-none-elf")) {
      programs.add(List.of(triple, "--frame-pointer=none"));
      if (!triple.startsWith("riscv")) {
        programs.add(List.of(triple, "--frame-pointer=all"));
      }
    }
    return programs.stream();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void framesAreThoseThatTheCompilerWrote(List<String> of) throws IOException {
    Path program = DebugProgram.build(folder, of.get(0), 4, of.get(1));
    Map<String, Long> expected = StackSizes.of(ElfFile.read(program));
    assertThat(expected.values()).hasSizeGreaterThan(3).anyMatch(frame -> frame > 16);
    Path without = folder.resolve("without.elf");
    LlvmTool.run("llvm-objcopy", "--remove-section=.stack_sizes", program, without);
    ElfFile elf = ElfFile.read(without);
    assertThat(StackSizes.of(elf)).isEmpty();
    assertThat(Frames.of(elf, DebugSections.of(elf))).containsAllEntriesOf(expected);
  }

  @Test
  void constantsOfThumbAreExpanded() {
    assertThat(Frames.expanded(0x0ab)).isEqualTo(0xab);
    assertThat(Frames.expanded(0x1ab)).isEqualTo(0x00ab00ab);
    assertThat(Frames.expanded(0x2ab)).isEqualTo(0xab00ab00L);
    assertThat(Frames.expanded(0x3ab)).isEqualTo(0xababababL);
    assertThat(Frames.expanded(0xd57)).isEqualTo(0x35c0);
    assertThat(Frames.expanded(0xf57)).isEqualTo(0x35c);
  }
}
