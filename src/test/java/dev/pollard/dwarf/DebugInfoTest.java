package dev.pollard.dwarf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pollard.object.MalformedObjectException;
import dev.pollard.object.elf.ElfFile;
import dev.pollard.testing.DebugProgram;
import dev.pollard.testing.ElfBuilder;
import dev.pollard.testing.LlvmTool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DebugInfoTest {
  @TempDir private static Path folder;

  static Stream<Arguments> programs() {
    return DebugProgram.triples().stream()
        .flatMap(t -> Stream.of(Arguments.of(t, 4), Arguments.of(t, 5)));
  }

  private static DebugInfo read(Path program) throws IOException {
    return DebugInfo.read(DebugSections.of(ElfFile.read(program)));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void everyEntryIsWhereDwarfdumpHasIt(String triple, int version) throws IOException {
    Path program = DebugProgram.build(folder, triple, version);
    var expected = new ArrayList<String>();
    String entry = "";
    for (String line : LlvmTool.run("llvm-dwarfdump", "--debug-info", program).lines().toList()) {
      Matcher start = Pattern.compile("^0x([0-9a-f]+): ( *)(DW_TAG_\\w+)").matcher(line);
      Matcher name = Pattern.compile("^ +DW_AT_name\\t\\(\"(.*)\"\\)$").matcher(line);
      Matcher linkage = Pattern.compile("^ +DW_AT_linkage_name\\t\\(\"(.*)\"\\)$").matcher(line);
      Matcher size = Pattern.compile("^ +DW_AT_byte_size\\t\\(0x(.*)\\)$").matcher(line);
      Matcher row = Pattern.compile("^ +DW_AT_decl_line\\t\\((.*)\\)$").matcher(line);
      if (start.find()) {
        expected.add(entry);
        int depth = start.group(2).length() / 2;
        entry = Long.parseLong(start.group(1), 16) + " " + depth;
      } else if (name.find()) {
        entry += " name " + name.group(1);
      } else if (linkage.find()) {
        entry += " linkage " + linkage.group(1);
      } else if (size.find()) {
        entry += " size " + Long.parseLong(size.group(1), 16);
      } else if (row.find()) {
        entry += " line " + row.group(1);
      }
    }
    expected.add(entry);
    expected.removeFirst();
    var found = new ArrayList<String>();
    for (Unit unit : read(program).units()) {
      Entries e = unit.entries();
      while (e.next()) {
        var text = new StringBuilder(e.offset() + " " + e.depth());
        if (!e.text(Dwarf.DW_AT_name).isEmpty()) {
          text.append(" name ").append(e.text(Dwarf.DW_AT_name));
        }
        if (!e.text(Dwarf.DW_AT_linkage_name).isEmpty()) {
          text.append(" linkage ").append(e.text(Dwarf.DW_AT_linkage_name));
        }
        if (e.number(Dwarf.DW_AT_byte_size, -1) >= 0) {
          text.append(" size ").append(e.number(Dwarf.DW_AT_byte_size, -1));
        }
        if (e.number(Dwarf.DW_AT_decl_line, -1) >= 0) {
          text.append(" line ").append(e.number(Dwarf.DW_AT_decl_line, -1));
        }
        found.add(text.toString());
      }
    }
    assertThat(found).hasSizeGreaterThan(500);
    // Attributes come in any order.
    assertThat(found.stream().map(DebugInfoTest::sorted))
        .containsExactlyElementsOf(expected.stream().map(DebugInfoTest::sorted).toList());
  }

  private static List<String> sorted(String line) {
    return Stream.of(line.split(" (?=name |linkage |size |line )")).sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void codeOfEveryFunctionIsWhatDwarfdumpHas(String triple, int version) throws IOException {
    Path program = DebugProgram.build(folder, triple, version);
    var expected = new ArrayList<String>();
    String low = "";
    for (String line : LlvmTool.run("llvm-dwarfdump", "--debug-info", program).lines().toList()) {
      Matcher address = Pattern.compile("DW_AT_(low|high)_pc\\t\\(0x([0-9a-f]+)\\)").matcher(line);
      Matcher range = Pattern.compile("^ +\\[0x([0-9a-f]+), 0x([0-9a-f]+)\\)\\)?$").matcher(line);
      if (address.find()) {
        if (address.group(1).equals("low")) {
          low = address.group(2);
        } else {
          expected.add(hex(low) + "-" + hex(address.group(2)));
        }
      } else if (range.find()) {
        expected.add(hex(range.group(1)) + "-" + hex(range.group(2)));
      }
    }
    var found = new ArrayList<String>();
    for (Unit unit : read(program).units()) {
      Entries e = unit.entries();
      while (e.next()) {
        long[] ranges = e.ranges();
        for (int i = 0; i < ranges.length; i += 2) {
          found.add(Long.toHexString(ranges[i]) + "-" + Long.toHexString(ranges[i + 1]));
        }
      }
    }
    assertThat(found).hasSizeGreaterThan(20).containsExactlyElementsOf(expected);
  }

  private static String hex(String digits) {
    return Long.toHexString(Long.parseUnsignedLong(digits, 16));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void everyRowOfTheLineTableIsWhatDwarfdumpHas(String triple, int version) throws IOException {
    Path program = DebugProgram.build(folder, triple, version);
    var expected = new ArrayList<String>();
    Pattern row = Pattern.compile("^0x([0-9a-f]+) +([0-9]+) +[0-9]+ +([0-9]+) .*");
    for (String line : LlvmTool.run("llvm-dwarfdump", "--debug-line", program).lines().toList()) {
      Matcher m = row.matcher(line);
      if (m.matches()) {
        boolean end = line.endsWith("end_sequence");
        expected.add(hex(m.group(1)) + " " + (end ? "end" : m.group(3) + ":" + m.group(2)));
      }
    }
    var found = new ArrayList<String>();
    for (Unit unit : read(program).units()) {
      LineTable lines = unit.lines().orElseThrow();
      for (int i = 0; i < lines.rows(); i++) {
        boolean end = lines.line(i) < 0;
        found.add(
            Long.toHexString(lines.address(i))
                + " "
                + (end ? "end" : lines.fileNumber(i) + ":" + lines.line(i)));
        if (!end && lines.line(i) == 52 && lines.path(lines.fileNumber(i)).startsWith("/src")) {
          assertThat(lines.path(lines.fileNumber(i))).isEqualTo("/src/machines.rs");
        }
      }
    }
    assertThat(found).hasSizeGreaterThan(100).containsExactlyElementsOf(expected);
    assertThat(read(program).units().getFirst().files().orElseThrow().rows()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zlib", "zstd"})
  void compressedSectionsAreUnpacked(String kind) throws IOException {
    Path plain = DebugProgram.build(folder, "x86_64-linux-gnu", 5);
    Path packed = folder.resolve("packed.elf");
    LlvmTool.run("llvm-objcopy", "--compress-debug-sections=" + kind, plain, packed);
    DebugSections sections = DebugSections.of(ElfFile.read(packed));
    DebugSections whole = DebugSections.of(ElfFile.read(plain));
    assertThat(sections.size()).isLessThan(whole.size());
    for (String name : List.of(".debug_info", ".debug_str", ".debug_line", ".debug_abbrev")) {
      assertThat(sections.cursor(name).size()).isEqualTo(whole.cursor(name).size());
      assertThat(
              sections
                  .cursor(name)
                  .slice(whole.cursor(name).size())
                  .mismatch(whole.cursor(name).slice(whole.cursor(name).size())))
          .isEqualTo(-1);
    }
  }

  @Test
  void aBrokenStreamOfZstdIsToldByItsSection() throws IOException {
    Path plain = DebugProgram.build(folder, "x86_64-linux-gnu", 5);
    Path packed = folder.resolve("broken.elf");
    LlvmTool.run("llvm-objcopy", "--compress-debug-sections=zstd", plain, packed);
    byte[] bytes = Files.readAllBytes(packed);
    var section = ElfFile.read(packed).section(".debug_info").orElseThrow();
    for (int i = 40; i < 80; i++) {
      bytes[(int) section.offset() + i] ^= 0x5a;
    }
    Files.write(packed, bytes);
    assertThatThrownBy(() -> read(packed))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContaining("section .debug_info")
        .hasMessageContaining("zstd");
  }

  @Test
  void theFormOfAnIndirectAttributeStandsBeforeItsValue() throws IOException {
    // A namespace whose name is indirect, a string in place; then one whose name is a number.
    byte[] table = {1, 0x39, 1, 3, 0x16, 0, 0, 0};
    byte[] info = {16, 0, 0, 0, 4, 0, 0, 0, 0, 0, 4, 1, 8, 'a', 'b', 0, 1, 0x0b, 7, 0};
    Entries e =
        read(Map.of(".debug_info", info, ".debug_abbrev", table)).units().getFirst().entries();
    assertThat(e.next()).isTrue();
    assertThat(e.text(Dwarf.DW_AT_name)).isEqualTo("ab");
    assertThat(e.next()).isTrue();
    assertThat(e.text(Dwarf.DW_AT_name)).isEmpty();
    assertThat(e.number(Dwarf.DW_AT_name, 0)).isEqualTo(7);
    info[12] = 0x16;
    assertThatThrownBy(() -> read(Map.of(".debug_info", info, ".debug_abbrev", table)))
        .hasMessageContaining("an indirect attribute of the form 0x16");
  }

  @Test
  void theOlderFormOfCompressionIsUnpackedToo() throws IOException {
    byte[] text = "machines ".repeat(500).getBytes(StandardCharsets.UTF_8);
    byte[] elf =
        ElfBuilder.arm().section(".zdebug_str", 0, 0, gnuCompressed(text, text.length)).bytes();
    var sections =
        DebugSections.of(ElfFile.parse("old.elf", java.lang.foreign.MemorySegment.ofArray(elf)));
    assertThat(sections.cursor(".debug_str").utf8(text.length))
        .isEqualTo(new String(text, StandardCharsets.UTF_8));
  }

  @Test
  void aSizeThatNoStreamCanHaveIsRefusedBeforeRoomIsMade() throws IOException {
    for (long size : new long[] {5000, 1L << 31, Long.MAX_VALUE}) {
      byte[] elf =
          ElfBuilder.arm().section(".zdebug_str", 0, 0, gnuCompressed(new byte[100], size)).bytes();
      var sections =
          DebugSections.of(ElfFile.parse("bomb.elf", java.lang.foreign.MemorySegment.ofArray(elf)));
      assertThatThrownBy(() -> sections.cursor(".debug_str"))
          .isInstanceOf(MalformedObjectException.class)
          .hasMessageStartingWith("bomb.elf: section .debug_str: at byte 0x");
    }
  }

  private static byte[] gnuCompressed(byte[] text, long size) {
    var out = new ByteArrayOutputStream();
    out.writeBytes("ZLIB".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(ByteBuffer.allocate(8).putLong(size).array());
    byte[] room = new byte[text.length + 100];
    try (var deflater = new Deflater()) {
      deflater.setInput(text);
      deflater.finish();
      out.write(room, 0, deflater.deflate(room));
    }
    return out.toByteArray();
  }

  @Test
  void whatIsWrongIsToldWithSectionAndOffset() {
    // A unit of DWARF 9.
    byte[] info = {8, 0, 0, 0, 9, 0, 0, 0, 0, 0, 4, 0};
    assertThatThrownBy(() -> read(Map.of(".debug_info", info)))
        .hasMessage(
            "test: section .debug_info: at byte 0x6: DWARF of version 9, where 2 to 5 are known");
    // A unit that reaches past the end.
    byte[] longer = {100, 0, 0, 0, 4, 0};
    assertThatThrownBy(() -> read(Map.of(".debug_info", longer)))
        .hasMessage("test: section .debug_info: at byte 0x4: a unit of 100 bytes where 2 are left");
  }

  @Test
  void aTableThatEveryUnitReadsAgainIsNoEndlessWork() {
    // Each unit has a table of its own that begins one byte later in the same 60 KB.
    int units = 60_000;
    byte[] table = new byte[units + 100];
    java.util.Arrays.fill(table, (byte) 1);
    table[table.length - 1] = 0;
    ByteBuffer info = ByteBuffer.allocate(units * 11).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < units; i++) {
      info.putInt(7).putShort((short) 4).putInt(i).put((byte) 4);
    }
    assertThatThrownBy(() -> read(Map.of(".debug_info", info.array(), ".debug_abbrev", table)))
        .isInstanceOf(MalformedObjectException.class);
  }

  @Test
  void aDeepNestIsWalkedWithoutRecursion() throws IOException {
    int depth = 1_000_000;
    ByteBuffer info = ByteBuffer.allocate(11 + depth).order(ByteOrder.LITTLE_ENDIAN);
    info.putInt(7 + depth).putShort((short) 4).putInt(0).put((byte) 4);
    while (info.hasRemaining()) {
      info.put((byte) 1);
    }
    byte[] table = {1, 0x39, 1, 0, 0, 0};
    DebugInfo read = read(Map.of(".debug_info", info.array(), ".debug_abbrev", table));
    Entries e = read.units().getFirst().entries();
    int count = 0;
    while (e.next()) {
      assertThat(e.depth()).isEqualTo(count++);
    }
    assertThat(count).isEqualTo(depth);
  }

  @Test
  void endsOfWhatHasNotBegunEndTheWalk() throws IOException {
    byte[] info = {10, 0, 0, 0, 4, 0, 0, 0, 0, 0, 4, 0, 0, 1};
    byte[] table = {1, 0x39, 1, 0, 0, 0};
    DebugInfo read = read(Map.of(".debug_info", info, ".debug_abbrev", table));
    assertThat(read.units()).hasSize(1);
    assertThat(read.units().getFirst().entries().next()).isFalse();
  }

  private static DebugInfo read(Map<String, byte[]> sections) throws MalformedObjectException {
    return DebugInfo.read(DebugSections.of("test", ByteOrder.LITTLE_ENDIAN, sections));
  }
}
