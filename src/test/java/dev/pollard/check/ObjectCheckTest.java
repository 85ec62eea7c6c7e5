package dev.pollard.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.object.elf.ElfFile;
import dev.pollard.object.elf.ElfSection;
import dev.pollard.object.elf.ElfSymbol;
import dev.pollard.testing.ElfBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ObjectCheckTest {
  private static final long CONSTANT = ElfSection.SHF_ALLOC;
  private static final long VARIABLE = ElfSection.SHF_ALLOC | ElfSection.SHF_WRITE;

  @TempDir private Path folder;

  private static ElfBuilder object() {
    return ElfBuilder.arm()
        .type(ElfFile.ET_REL)
        .section(".text.main", CONSTANT | ElfSection.SHF_EXECINSTR, 0, new byte[40])
        .section(".rodata..Lanon", CONSTANT, 0, new byte[12])
        .section(".defmt.one", CONSTANT, 0, new byte[1])
        .section(".ccmram", VARIABLE, 0, new byte[64])
        .section(".data._SEGGER_RTT", VARIABLE, 0, new byte[24])
        .function("main", ".text.main", 1, 8)
        .symbol(
            "_SEGGER_RTT", ".data._SEGGER_RTT", 0, 24, ElfSymbol.STB_GLOBAL, ElfSymbol.STT_OBJECT)
        .symbol(
            "DW.ref.rust_eh_personality",
            ".data._SEGGER_RTT",
            0,
            8,
            ElfSymbol.STB_WEAK,
            ElfSymbol.STT_OBJECT)
        .symbol("local", ".text.main", 9, 8, ElfSymbol.STB_LOCAL, ElfSymbol.STT_FUNC)
        .symbol("memcpy", "*UND*", 0, 0, ElfSymbol.STB_GLOBAL, ElfSymbol.STT_NOTYPE);
  }

  private List<String> complaints(ElfBuilder pruned) throws IOException {
    return ObjectCheck.complaints(
        Files.write(folder.resolve("stock.o"), object().bytes()),
        Files.write(folder.resolve("pruned.o"), pruned.bytes()));
  }

  @Test
  void codeConstantsOfTheCompilerAndLocalNamesMayGo() throws IOException {
    assertThat(complaints(object())).isEmpty();
    assertThat(complaints(object().without(".rodata..Lanon").without(".ccmram"))).isEmpty();
    assertThat(complaints(object().withoutSymbol("local").withoutSymbol("memcpy"))).isEmpty();
    assertThat(complaints(object().withoutSymbol("DW.ref.rust_eh_personality"))).isEmpty();
  }

  @Test
  void whatOthersCanReferToStays() throws IOException {
    assertThat(complaints(object().withoutSymbol("_SEGGER_RTT")))
        .containsExactly("the pruned object does not define `_SEGGER_RTT`");
    assertThat(complaints(object().function("more", ".text.main", 17, 8)))
        .containsExactly("the pruned object defines `more`, which rustc's does not");
    var weak =
        object()
            .withoutSymbol("main")
            .symbol("main", ".text.main", 1, 8, ElfSymbol.STB_WEAK, ElfSymbol.STT_FUNC);
    assertThat(complaints(weak))
        .containsExactly("the pruned object has `main` as a weak function for a function");
  }

  @Test
  void constantsInSomebodysSectionKeepTheirValues() throws IOException {
    assertThat(
            complaints(
                object().without(".defmt.one").section(".defmt.one", CONSTANT, 0, new byte[] {7})))
        .containsExactly("section `.defmt.one` holds other bytes than rustc's object");
  }

  @Test
  void constantsInSomebodysSectionStay() throws IOException {
    assertThat(complaints(object().without(".defmt.one")))
        .containsExactly("section `.defmt.one` has 0 bytes of the pruned object and 1 of rustc's");
    assertThat(complaints(object().section(".defmt.one", CONSTANT, 0, new byte[1])))
        .containsExactly("section `.defmt.one` has 2 bytes of the pruned object and 1 of rustc's");
  }

  @Test
  void anObjectThatIsNotElfIsLeftToItsLink() throws IOException {
    var text = Files.writeString(folder.resolve("text"), "no object", StandardCharsets.UTF_8);
    assertThat(ObjectCheck.complaints(text, text)).isEmpty();
  }
}
