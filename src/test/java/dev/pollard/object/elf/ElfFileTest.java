package dev.pollard.object.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pollard.object.MalformedObjectException;
import dev.pollard.testing.ElfBuilder;
import dev.pollard.testing.LlvmTool;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ElfFileTest {
  static Stream<Arguments> kinds() {
    return Stream.of(
        Arguments.of(false, ByteOrder.LITTLE_ENDIAN),
        Arguments.of(false, ByteOrder.BIG_ENDIAN),
        Arguments.of(true, ByteOrder.LITTLE_ENDIAN),
        Arguments.of(true, ByteOrder.BIG_ENDIAN));
  }

  private static ElfBuilder sample(boolean is64, ByteOrder order) {
    return new ElfBuilder(is64, order)
        .entry(0x1001)
        .section(".text", 6, 0x1000, new byte[] {1, 2, 3, 4, 5, 6, 7, 8})
        .noBits(".bss", 0x2000, 64)
        .function("main", ".text", 0x1001, 6)
        .symbol("limit", "*ABS*", 0x7777, 0, 1, 0)
        .symbol("other", "*UND*", 0, 0, 1, 0)
        .load(5, 0x1000, 0x8000, 8, 8)
        .relocation(".text", 4, 10, "other", -4);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void readsEachClassAndByteOrder(boolean is64, ByteOrder order) {
    ElfFile elf = sample(is64, order).read();
    assertThat(elf.is64()).isEqualTo(is64);
    assertThat(elf.order()).isEqualTo(order);
    assertThat(elf.entry()).isEqualTo(0x1001);
    ElfSection text = elf.section(".text").orElseThrow();
    assertThat(text.address()).isEqualTo(0x1000);
    assertThat(text.contents().byteSize()).isEqualTo(8);
    assertThat(text.isExecutable()).isTrue();
    ElfSection bss = elf.section(".bss").orElseThrow();
    assertThat(bss.size()).isEqualTo(64);
    assertThat(bss.contents().byteSize()).isZero();
    ElfSymbol main = elf.symbol("main").orElseThrow();
    assertThat(main.size()).isEqualTo(6);
    assertThat(elf.codeAddress(main)).isEqualTo(0x1000);
    assertThat(elf.symbol("limit").orElseThrow().section()).isEqualTo(ElfSymbol.ABSOLUTE);
    assertThat(elf.symbol("other")).isEmpty();
    assertThat(elf.segments()).containsExactly(new ElfSegment(1, 5, 0, 0x1000, 0x8000, 8, 8, 4));
    ElfRelocation relocation = elf.relocations().getFirst();
    assertThat(relocation.section()).isEqualTo(text.index());
    assertThat(relocation.offset()).isEqualTo(4);
    assertThat(relocation.type()).isEqualTo(10);
    assertThat(relocation.addend()).isEqualTo(-4);
    assertThat(elf.symbols().get(relocation.symbol()).name()).isEqualTo("other");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyCutIsMalformedAndNamesFileAndOffset(boolean is64, ByteOrder order) {
    byte[] whole = sample(is64, order).bytes();
    for (int length = 0; length < whole.length; length++) {
      MemorySegment cut = MemorySegment.ofArray(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> ElfFile.parse("cut.elf", cut))
          .isInstanceOf(MalformedObjectException.class)
          .hasMessageStartingWith("cut.elf: at byte 0x");
    }
  }

  @Test
  void mutatedFilesEndInAResultOrAMalformedObject() {
    byte[] whole = sample(true, ByteOrder.LITTLE_ENDIAN).bytes();
    var random = new Random(1);
    int malformed = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = whole.clone();
      for (int i = 0; i < 4; i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        ElfFile.parse("mutated", MemorySegment.ofArray(bytes));
      } catch (MalformedObjectException _) {
        malformed++;
      }
    }
    assertThat(malformed).isBetween(1_000, 19_999);
  }

  @Test
  void agreesWithReadobjOnASharedLibrary(@TempDir Path folder) throws IOException {
    // every JDK has one: 64-bit, linked, with dynamic symbols
    Path library = Path.of(System.getProperty("java.home"), "lib", "libzip.so");
    compareWithReadobj(library);
    for (String triple : List.of("thumbv7m-none-eabi", "riscv32-none-elf", "powerpc64-linux")) {
      Path source = folder.resolve("a.ll");
      Files.writeString(
          source,
          """
          @data = global [3 x i32] [i32 1, i32 2, i32 3]
          @text = constant ptr @data, section ".rodata.x"
          @zero = internal global i64 0
          declare void @out(ptr)
          define void @f() { call void @out(ptr @zero) call void @out(ptr @data) ret void }
          """);
      Path object = folder.resolve(triple + ".o");
      LlvmTool.run("llc", "-mtriple=" + triple, "-filetype=obj", source, "-o", object);
      compareWithReadobj(object);
    }
  }

  /// As in rustc's own library, whose metadata section was taken out after the link.
  @Test
  void aDynamicSymbolOfASectionThatWasTakenOutIsUndefined(@TempDir Path folder) throws IOException {
    Path source = folder.resolve("a.ll");
    Files.writeString(source, "define void @gone() { ret void }\ndefine void @f() { ret void }\n");
    Path object = folder.resolve("a.o");
    LlvmTool.run("llc", "-mtriple=x86_64-linux-gnu", "-filetype=obj", source, "-o", object);
    Path library = folder.resolve("a.so");
    LlvmTool.run("ld.lld", "-shared", object, "-o", library);
    ElfFile whole = ElfFile.read(library);
    ElfSymbol gone =
        whole.dynamicSymbols().stream()
            .filter(s -> s.name().equals("gone"))
            .findFirst()
            .orElseThrow();
    assertThat(gone.isDefined()).isTrue();
    byte[] bytes = Files.readAllBytes(library);
    long table = whole.section(".dynsym").orElseThrow().offset();
    bytes[(int) table + gone.index() * 24 + 6] = (byte) whole.sections().size();
    ElfFile cut = ElfFile.parse("cut.so", MemorySegment.ofArray(bytes));
    assertThat(cut.dynamicSymbols())
        .filteredOn(s -> s.name().equals("gone"))
        .allMatch(s -> !s.isDefined())
        .hasSize(1);
    assertThat(cut.dynamicSymbols())
        .filteredOn(s -> s.name().equals("f"))
        .allMatch(ElfSymbol::isDefined)
        .hasSize(1);
    // The table that a linker reads must be whole.
    table = whole.section(".symtab").orElseThrow().offset();
    bytes[(int) table + whole.symbol("gone").orElseThrow().index() * 24 + 6] =
        (byte) whole.sections().size();
    assertThatThrownBy(() -> ElfFile.parse("cut.so", MemorySegment.ofArray(bytes)))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContaining("cut.so")
        .hasMessageContaining("symbol in section");
  }

  private static void compareWithReadobj(Path file) throws IOException {
    JsonNode report =
        JsonMapper.builder()
            .build()
            .readTree(
                LlvmTool.run(
                    "llvm-readobj",
                    "--elf-output-style=JSON",
                    "--sections",
                    "--symbols",
                    "--dyn-symbols",
                    "--program-headers",
                    file))
            .get(0);
    ElfFile elf = ElfFile.read(file);
    var expected = new ArrayList<String>();
    for (JsonNode entry : report.get("Sections")) {
      JsonNode s = entry.get("Section");
      expected.add(
          s.get("Name").get("Name").asString()
              + " "
              + s.get("Type").get("Value").asLong()
              + " "
              + s.get("Flags").get("Value").asLong()
              + " "
              + s.get("Address").asLong()
              + " "
              + s.get("Offset").asLong()
              + " "
              + s.get("Size").asLong());
    }
    assertThat(elf.sections())
        .extracting(s ->
            s.name()
                + " "
                + s.type()
                + " "
                + s.flags()
                + " "
                + s.address()
                + " "
                + s.offset()
                + " "
                + s.size())
        .containsExactlyElementsOf(expected);
    assertThat(elf.symbols().stream().filter(s -> s.type() != ElfSymbol.STT_SECTION))
        .extracting(ElfFileTest::line)
        .containsExactlyElementsOf(symbols(report.get("Symbols")));
    assertThat(elf.dynamicSymbols())
        .extracting(ElfFileTest::line)
        .containsExactlyElementsOf(symbols(report.get("DynamicSymbols")));
    var segments = new ArrayList<Long>();
    for (JsonNode entry : report.get("ProgramHeaders")) {
      segments.add(entry.get("ProgramHeader").get("MemSize").asLong());
    }
    assertThat(elf.segments())
        .extracting(ElfSegment::memorySize)
        .containsExactlyElementsOf(segments);
  }

  private static String line(ElfSymbol s) {
    return unversioned(s.name())
        + " "
        + s.value()
        + " "
        + s.size()
        + " "
        + s.binding()
        + " "
        + s.type();
  }

  private static List<String> symbols(JsonNode list) {
    var lines = new ArrayList<String>();
    for (JsonNode entry : list) {
      JsonNode s = entry.get("Symbol");
      if (s.get("Type").get("Value").asInt() == ElfSymbol.STT_SECTION) {
        continue;
      }
      String name = s.get("Name").get("Name").asString();
      lines.add(
          unversioned(name)
              + " "
              + s.get("Value").asLong()
              + " "
              + s.get("Size").asLong()
              + " "
              + s.get("Binding").get("Value").asInt()
              + " "
              + s.get("Type").get("Value").asInt());
    }
    return lines;
  }

  /// The oracle writes a dynamic symbol's version behind its name; some linkers write it into it.
  private static String unversioned(String name) {
    int version = name.indexOf('@');
    return version > 0 ? name.substring(0, version) : name;
  }
}
