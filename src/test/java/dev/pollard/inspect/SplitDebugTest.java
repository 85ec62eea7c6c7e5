package dev.pollard.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pollard.object.MalformedObjectException;
import dev.pollard.testing.DebugProgram;
import dev.pollard.testing.LlvmTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A program whose debug info lies beside it must be told as one that has it inside.
class SplitDebugTest {
  private static final String TRIPLE = "x86_64-linux-gnu";

  @TempDir private Path folder;

  /// Links with the debug info in a file beside it.
  ///
  /// @return the program; the other file is `machines.dwo`
  private Path split(int version) throws IOException {
    Path source = folder.resolve(TRIPLE + "-" + version + ".ll");
    // The unit names the file that llc is told to write.
    String text = Files.readString(source);
    String unit = "distinct !DICompileUnit(";
    assertThat(text).contains(unit);
    Files.writeString(source, text.replace(unit, unit + "splitDebugFilename: \"machines.dwo\", "));
    Path object = folder.resolve("split.o");
    LlvmTool.run(
        "llc",
        "-mtriple=" + TRIPLE,
        "-function-sections",
        "-stack-size-section",
        "-filetype=obj",
        "-split-dwarf-file=machines.dwo",
        "-split-dwarf-output=" + folder.resolve("machines.dwo"),
        source,
        "-o",
        object);
    Path program = folder.resolve("split.elf");
    LlvmTool.run(
        "ld.lld",
        "--unresolved-symbols=ignore-all",
        "-e",
        "poll_task",
        "--image-base=0x10000",
        object,
        "-o",
        program);
    return program;
  }

  private static void assertSame(Inspection split, Inspection whole) throws IOException {
    assertThat(split.notes()).isEmpty();
    assertThat(split.machines()).hasSize(5).isEqualTo(whole.machines());
    assertThat(split.byFunction()).isEqualTo(whole.byFunction());
    assertThat(split.byLine()).isEqualTo(whole.byLine());
    assertThat(split.byCrate()).isEqualTo(whole.byCrate());
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void filesBesideTheProgramAreRead(int version) throws IOException {
    Inspection whole = Inspection.of(DebugProgram.build(folder, TRIPLE, version));
    assertSame(Inspection.of(split(version)), whole);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void aPackageOfThemIsRead(int version) throws IOException {
    Inspection whole = Inspection.of(DebugProgram.build(folder, TRIPLE, version));
    Path program = split(version);
    Path dwo = folder.resolve("machines.dwo");
    // A second unit before it, so that each of its sections begins behind the other's.
    Path other = folder.resolve("other.ll");
    Files.writeString(
        other,
        """
        define void @other() !dbg !4 {
          ret void, !dbg !5
        }
        !llvm.dbg.cu = !{!0}
        !llvm.module.flags = !{!2, !3}
        !0 = distinct !DICompileUnit(language: DW_LANG_Rust, file: !1, producer: "x", \
        splitDebugFilename: "other.dwo", emissionKind: FullDebug)
        !1 = !DIFile(filename: "other.rs", directory: "/other")
        !2 = !{i32 2, !"Dwarf Version", i32 %d}
        !3 = !{i32 2, !"Debug Info Version", i32 3}
        !4 = distinct !DISubprogram(name: "other", file: !1, line: 1, type: !6, unit: !0, \
        spFlags: DISPFlagDefinition)
        !5 = !DILocation(line: 2, scope: !4)
        !6 = !DISubroutineType(types: !7)
        !7 = !{}
        """
            .formatted(version));
    Path second = folder.resolve("other.dwo");
    LlvmTool.run(
        "llc",
        "-mtriple=" + TRIPLE,
        "-filetype=obj",
        "-split-dwarf-file=other.dwo",
        "-split-dwarf-output=" + second,
        other,
        "-o",
        folder.resolve("other.o"));
    LlvmTool.run("llvm-dwp", second, dwo, "-o", folder.resolve("split.elf.dwp"));
    Files.delete(dwo);
    assertSame(Inspection.of(program), whole);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void whatIsNotThereOrOfAnotherBuildIsSaid(int version) throws IOException {
    DebugProgram.build(folder, TRIPLE, version);
    Path program = split(version);
    Path dwo = folder.resolve("machines.dwo");
    Path kept = folder.resolve("kept");
    Files.move(dwo, kept);
    Inspection without = Inspection.of(program);
    assertThat(without.notes()).anyMatch(n -> n.contains("put machines.dwo"));

    // Of another build: the unit has another number.
    byte[] bytes = Files.readAllBytes(kept);
    Path sections = folder.resolve("info");
    LlvmTool.run(
        "llvm-objcopy", "--dump-section", ".debug_info.dwo=" + sections, kept, folder.resolve("x"));
    byte[] info = Files.readAllBytes(sections);
    int at = indexOf(bytes, info);
    if (version == 5) {
      bytes[at + 12] ^= 1; // in the header, behind length, version, kind, address size, shapes
      Files.write(dwo, bytes);
      assertThat(Inspection.of(program).notes()).anyMatch(n -> n.contains("put machines.dwo"));
    }

    // Damaged: told with the file's name.
    Files.copy(kept, dwo, StandardCopyOption.REPLACE_EXISTING);
    bytes = Files.readAllBytes(kept);
    bytes[at + 4] = 77;
    Files.write(dwo, bytes);
    assertThatThrownBy(() -> Inspection.of(program))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContaining("machines.dwo: section .debug_info.dwo")
        .hasMessageContaining("DWARF of version 77");
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int i = 0; i + part.length <= bytes.length; i++) {
      if (java.util.Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError(List.of(bytes.length, part.length).toString());
  }
}
