package dev.pollard.size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pollard.object.MalformedObjectException;
import dev.pollard.object.elf.ElfFile;
import dev.pollard.object.elf.ElfSection;
import dev.pollard.testing.ElfBuilder;
import dev.pollard.testing.LlvmTool;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackReportTest {
  private static final String IR =
      """
      @table = constant ptr @shown
      declare void @outside(ptr)
      define void @leaf() noinline { %a = alloca [100 x i8]
        call void @outside(ptr %a)
        ret void }
      define void @shown() noinline { %a = alloca [300 x i8]
        call void @outside(ptr %a)
        ret void }
      define void @middle() noinline { %a = alloca [40 x i8]
        call void @outside(ptr %a)
        call void @leaf()
        call void @outside(ptr %a)
        ret void }
      define void @poll() { %a = alloca [16 x i8]
        call void @middle()
        call void @outside(ptr %a)
        ret void }
      define void @jumps(ptr %f) { %a = alloca [8 x i8]
        call void %f()
        call void @outside(ptr %a)
        ret void }
      define void @circle(i32 %n) { %a = alloca [24 x i8]
        call void @outside(ptr %a)
        call void @circle(i32 %n)
        call void @outside(ptr %a)
        ret void }
      """;

  @TempDir private Path folder;

  private ElfFile emit(String triple) throws Exception {
    Path text = Files.writeString(folder.resolve("in.ll"), IR);
    Path object = folder.resolve("out.o");
    LlvmTool.run(
        "llc",
        "-mtriple=" + triple,
        "-function-sections",
        "-stack-size-section",
        "-filetype=obj",
        text,
        "-o",
        object);
    return ElfFile.read(object);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "thumbv6m-none-eabi",
        "thumbv7em-none-eabi",
        "armv7-unknown-linux-gnueabi",
        "riscv32-unknown-elf",
        "riscv64-unknown-elf",
        "x86_64-unknown-linux-gnu",
        "aarch64-unknown-linux-gnu"
      })
  void pathsFollowCalls(String triple) throws Exception {
    ElfFile object = emit(triple);
    StackReport report =
        StackReport.of(object, Set.of("poll", "jumps", "circle", "leaf", "absent"));

    assertThat(report.frames()).isEqualTo(readobj());
    assertThat(report.unsized()).isEmpty();
    long pushed = triple.startsWith("x86") ? 8 : 0;
    StackReport.StackPath poll = path(report, "poll");
    assertThat(poll.chain()).containsExactly("poll", "middle", "leaf");
    assertThat(poll.bytes())
        .isEqualTo(poll.chain().stream().mapToLong(f -> frame(report, f) + pushed).sum());
    assertThat(poll.recursive()).isFalse();
    assertThat(poll.callsIndirectly()).isFalse();
    assertThat(poll.withIndirect()).hasValue(poll.bytes());
    assertThat(poll.externals()).containsExactly("outside");
    StackReport.StackPath jumps = path(report, "jumps");
    assertThat(jumps.callsIndirectly()).isTrue();
    assertThat(jumps.withIndirect()).hasValue(jumps.bytes() + frame(report, "shown") + pushed);
    assertThat(path(report, "circle").recursive()).isTrue();
    assertThat(path(report, "circle").withIndirect()).isEmpty();
    assertThat(report.paths()).doesNotContainKey("absent");
  }

  private static StackReport.StackPath path(StackReport report, String symbol) {
    return Optional.ofNullable(report.paths().get(symbol)).orElseThrow();
  }

  private static long frame(StackReport report, String symbol) {
    return Optional.ofNullable(report.frames().get(symbol)).orElseThrow();
  }

  private Map<String, Long> readobj() {
    String text = LlvmTool.run("llvm-readobj", "--stack-sizes", folder.resolve("out.o"));
    var frames = new TreeMap<String, Long>();
    Matcher m = Pattern.compile("Functions: \\[(.*)]\\s+Size: (0x[0-9A-F]+)").matcher(text);
    while (m.find()) {
      frames.put(m.group(1), Long.decode(m.group(2)));
    }
    assertThat(frames).hasSize(6);
    return frames;
  }

  @Test
  void aSizeWithoutAFunctionIsMalformed() {
    ElfFile object =
        new ElfBuilder(false, ByteOrder.LITTLE_ENDIAN)
            .type(ElfFile.ET_REL)
            .section(".text", ElfSection.SHF_ALLOC | ElfSection.SHF_EXECINSTR, 0, new byte[4])
            .section(StackSizes.SECTION, 0, 0, new byte[] {0, 0, 0, 0, 8})
            .function("f", ".text", 0, 4)
            .read();
    assertThatThrownBy(() -> StackReport.of(object, Set.of("f")))
        .isInstanceOf(MalformedObjectException.class);
  }
}
