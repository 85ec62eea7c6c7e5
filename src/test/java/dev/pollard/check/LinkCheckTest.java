package dev.pollard.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pollard.object.MalformedObjectException;
import dev.pollard.object.elf.ElfFile;
import dev.pollard.object.elf.ElfSection;
import dev.pollard.object.elf.ElfSymbol;
import dev.pollard.testing.ElfBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LinkCheckTest {
  private static final long CODE = ElfSection.SHF_ALLOC | ElfSection.SHF_EXECINSTR;
  private static final long TEXT = 0x100;
  private static final int STOCK_TEXT = 400;

  @TempDir private Path folder;

  private static ElfBuilder firmware(int text) {
    return firmware(text, 0x40, 100);
  }

  private static ElfBuilder firmware(int text, int table, int bss) {
    return ElfBuilder.arm()
        .entry(TEXT | 1)
        .section(".vector_table", ElfSection.SHF_ALLOC, 0, new byte[table])
        .section(".text", CODE, TEXT, new byte[text])
        .section(".mine", ElfSection.SHF_ALLOC, 0x8000, new byte[8])
        .section(".debug_info", 0, 0, new byte[50])
        .noBits(".bss", 0x2000_0000, bss)
        .function("Reset", ".text", TEXT | 1, 8)
        .function("main", ".text", TEXT + 8 | 1, 8)
        .symbol("_stack_start", "*ABS*", 0x2000_4000, 0, ElfSymbol.STB_GLOBAL, ElfSymbol.STT_NOTYPE)
        .load(5, 0, 0, 0x1000, 0x1000);
  }

  private static ElfBuilder library(int text) {
    return new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
        .type(ElfFile.ET_DYN)
        .machine(ElfFile.EM_X86_64)
        .section(".text", CODE, TEXT, new byte[text])
        .dynamic("exported", ".text", TEXT)
        .dynamic("malloc", "*UND*", 0);
  }

  private List<String> complaints(ElfBuilder stock, ElfBuilder pruned, boolean firmware)
      throws IOException {
    return complaints(stock, pruned, firmware, 0);
  }

  private List<String> complaints(
      ElfBuilder stock, ElfBuilder pruned, boolean firmware, long stackSaved) throws IOException {
    return LinkCheck.complaints(
        Files.write(folder.resolve("stock"), stock.bytes()),
        Files.write(folder.resolve("pruned"), pruned.bytes()),
        firmware,
        stackSaved);
  }

  private List<String> complaints(ElfBuilder pruned) throws IOException {
    return complaints(firmware(STOCK_TEXT), pruned, true);
  }

  @Test
  void smallerCodeIsNoComplaint() throws IOException {
    assertThat(complaints(firmware(300))).isEmpty();
    assertThat(complaints(firmware(300).without(".debug_info"))).isEmpty();
    assertThat(complaints(firmware(300).withoutSymbol("main"))).isEmpty();
    // What the host reads is named too, and goes with the code that logs it.
    var logs = firmware(STOCK_TEXT).section(".defmt", 0, 0, new byte[9]);
    var line = ElfSymbol.STT_OBJECT;
    assertThat(
            complaints(
                logs.symbol(
                    "{\"tag\":\"defmt_error\"}", ".defmt", 3, 1, ElfSymbol.STB_GLOBAL, line),
                firmware(300).section(".defmt", 0, 0, new byte[9]),
                true))
        .isEmpty();
    assertThat(complaints(library(STOCK_TEXT), library(300), false)).isEmpty();
  }

  @Test
  void aProgramMayEndWithoutVariables() throws IOException {
    var stock = library(STOCK_TEXT).section(".tdata", ElfSection.SHF_ALLOC, 0x9000, new byte[8]);
    assertThat(complaints(stock.noBits(".tbss", 0x9008, 8), library(300), false)).isEmpty();
  }

  @Test
  void whatIsNotSmallerIsNotTaken() throws IOException {
    assertThat(complaints(firmware(STOCK_TEXT)))
        .containsExactly("the pruned artifact is not smaller (472 bytes against 472)");
    assertThat(complaints(firmware(404)))
        .containsExactly("the pruned artifact is not smaller (476 bytes against 472)");
  }

  @Test
  void moreRamCountsOnFirmware() throws IOException {
    var more = firmware(300, 0x40, 104);
    assertThat(complaints(more))
        .containsExactly("the pruned artifact needs more RAM (104 bytes against 100)");
    assertThat(complaints(firmware(STOCK_TEXT), more, false)).isEmpty();
    assertThat(complaints(firmware(300, 0x40, 96))).isEmpty();
  }

  @Test
  void ramMayTakeWhatAlignmentCostsFromTheStackThatWasSaved() throws IOException {
    var stock = firmware(STOCK_TEXT);
    assertThat(complaints(stock, firmware(300, 0x40, 104), true, 4)).isEmpty();
    assertThat(complaints(stock, firmware(300, 0x40, 104), true, 3)).hasSize(1);
    assertThat(complaints(stock, firmware(300, 0x40, 116), true, 4000)).isEmpty();
    assertThat(complaints(stock, firmware(300, 0x40, 120), true, 4000)).hasSize(1);
    assertThat(complaints(stock, firmware(300, 0x40, 104), true, -8)).hasSize(1);
  }

  @Test
  void aSectionMustStay() throws IOException {
    assertThat(complaints(firmware(300).without(".mine")))
        .containsExactly("section `.mine` is missing from the pruned artifact");
    assertThat(complaints(firmware(300).without(".bss"))).isEmpty();
  }

  @Test
  void aSectionMustNotAppear() throws IOException {
    var more = firmware(300).section(".other", ElfSection.SHF_ALLOC, 0x9000, new byte[4]);
    assertThat(complaints(more)).containsExactly("section `.other` is new in the pruned artifact");
    var unwind = firmware(300).section(".ARM.exidx", ElfSection.SHF_ALLOC, 0x9000, new byte[4]);
    assertThat(complaints(unwind)).isEmpty();
  }

  @Test
  void aVectorTableKeepsItsSize() throws IOException {
    assertThat(complaints(firmware(300, 0x3c, 100)))
        .containsExactly("section `.vector_table` has another size");
  }

  @Test
  void aRegionsFirstSectionKeepsItsAddress() throws IOException {
    var moved = firmware(300).without(".bss").noBits(".bss", 0x2000_0100, 100);
    assertThat(complaints(moved))
        .containsExactly("section `.bss` moved from 0x20000000 to 0x20000100");
  }

  @Test
  void theEntryIsTheSameSymbol() throws IOException {
    assertThat(complaints(firmware(300).entry(TEXT + 8 | 1)))
        .containsExactly("the pruned artifact starts at another symbol than `Reset`");
    assertThat(complaints(firmware(300).entry(0))).contains("the pruned artifact starts elsewhere");
  }

  @Test
  void theKindIsTheSame() throws IOException {
    assertThat(complaints(firmware(300).machine(ElfFile.EM_X86_64)))
        .containsExactly("the pruned artifact is of another kind (class, type, machine or flags)");
  }

  @Test
  void theLinkersOwnSymbolsStay() throws IOException {
    assertThat(complaints(firmware(300).withoutSymbol("_stack_start")))
        .containsExactly("symbol `_stack_start` is missing from the pruned artifact");
  }

  @Test
  void aVariableWithANameOfItsOwnStaysAndAFunctionMayBeInlined() throws IOException {
    var stock =
        firmware(STOCK_TEXT)
            .symbol(
                "_SEGGER_RTT", ".bss", 0x2000_0000, 24, ElfSymbol.STB_GLOBAL, ElfSymbol.STT_OBJECT)
            .symbol("inner", ".bss", 0x2000_0018, 4, ElfSymbol.STB_LOCAL, ElfSymbol.STT_OBJECT);
    assertThat(complaints(stock, firmware(300), true))
        .containsExactly("symbol `_SEGGER_RTT` is missing from the pruned artifact");
    assertThat(complaints(firmware(300).withoutSymbol("main"))).isEmpty();
  }

  @Test
  void anExportStaysAndNoImportIsNew() throws IOException {
    var pruned =
        new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
            .type(ElfFile.ET_DYN)
            .machine(ElfFile.EM_X86_64)
            .section(".text", CODE, TEXT, new byte[300])
            .dynamic("another", ".text", TEXT)
            .dynamic("free", "*UND*", 0);
    assertThat(complaints(library(STOCK_TEXT), pruned, false))
        .containsExactly(
            "symbol `exported` is missing from the pruned artifact",
            "the pruned artifact exports `another`, which stock does not",
            "the pruned artifact imports `free`, which stock does not");
  }

  @Test
  void nothingIsLoadedWhereStockHasNothing() throws IOException {
    assertThat(complaints(firmware(300).load(5, 0x1000_0000, 0x1000_0000, 4, 4)))
        .containsExactly(
            "the pruned artifact loads 0x10000000 to 0x10000004, where stock has nothing");
    assertThat(complaints(firmware(300).withoutSegments().load(5, 0, 0, 0x1000, 0x1004)))
        .containsExactly("the pruned artifact loads 0x0 to 0x1004, where stock has nothing");
    var lower = firmware(300).load(6, 0x1100, 0x1100, 0x100, 0x100);
    var higher = firmware(STOCK_TEXT).load(6, 0x2000, 0x2000, 0x100, 0x100);
    assertThat(complaints(higher, lower, true)).isEmpty();
  }

  private static byte[] table(long... words) {
    var bytes = ByteBuffer.allocate(0x40).order(ByteOrder.LITTLE_ENDIAN);
    for (long word : words) {
      bytes.putInt((int) word);
    }
    return bytes.array();
  }

  private static ElfBuilder withTable(int text, byte[] table) {
    return firmware(text)
        .without(".vector_table")
        .section(".vector_table", ElfSection.SHF_ALLOC, 0, table);
  }

  @Test
  void aVectorKeepsItsHandler() throws IOException {
    var stock = withTable(STOCK_TEXT, table(0x2000_4000, TEXT | 1, 0, TEXT + 8 | 1));
    assertThat(complaints(stock, stock, true)).hasSize(1);
    var moved =
        withTable(300, table(0x2000_4000, TEXT | 1, 0, TEXT + 16 | 1))
            .withoutSymbol("main")
            .function("main", ".text", TEXT + 16 | 1, 8);
    assertThat(complaints(stock, moved, true)).isEmpty();
    var other = withTable(300, table(0x2000_4000, TEXT | 1, 0, TEXT | 1));
    assertThat(complaints(stock, other, true))
        .containsExactly("section `.vector_table` has another handler at 0xc than stock's main");
    var none = withTable(300, table(0x2000_4000, TEXT | 1, TEXT | 1, TEXT + 8 | 1));
    assertThat(complaints(stock, none, true))
        .containsExactly("section `.vector_table` has another handler at 0x8 than stock's 0x0");
    var both =
        withTable(300, table(0x2000_4000, TEXT | 1, 0, TEXT | 1))
            .withoutSymbol("main")
            .function("main", ".text", TEXT | 1, 8);
    assertThat(complaints(stock, both, true)).isEmpty();
  }

  @Test
  void theEntryIsCodeEvenWhenStripped() throws IOException {
    var stock = firmware(STOCK_TEXT).withoutSymbol("Reset").withoutSymbol("main");
    var pruned = firmware(300).withoutSymbol("Reset").withoutSymbol("main");
    assertThat(complaints(stock, pruned, true)).isEmpty();
    assertThat(complaints(stock, pruned.entry(0x8001), true))
        .containsExactly("the pruned artifact starts elsewhere");
  }

  @Test
  void whatIsNoArtifactIsSaid() throws IOException {
    var text = Files.writeString(folder.resolve("text"), "no artifact", StandardCharsets.UTF_8);
    assertThat(LinkCheck.complaints(text, text, true, 0))
        .containsExactly("the artifact is neither ELF nor WebAssembly, which cannot be checked");
    var stock = Files.write(folder.resolve("stock"), firmware(300).bytes());
    assertThatThrownBy(() -> LinkCheck.complaints(stock, text, true, 0))
        .isInstanceOf(MalformedObjectException.class);
  }
}
