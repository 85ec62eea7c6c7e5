package dev.pollard.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.object.wasm.WasmFile;
import dev.pollard.object.wasm.WasmFile.Export;
import dev.pollard.object.wasm.WasmFile.Function;
import dev.pollard.object.wasm.WasmFile.Import;
import dev.pollard.object.wasm.WasmFile.Kind;
import dev.pollard.object.wasm.WasmFile.Memory;
import dev.pollard.object.wasm.WasmFile.Section;
import dev.pollard.object.wasm.WasmFile.Signature;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WasmCheckTest {
  private static final int I32 = 0x7f;
  private static final int I64 = 0x7e;
  private static final Signature NOTHING = new Signature(List.of(), List.of());
  private static final Signature NUMBER = new Signature(List.of(I32), List.of(I32));
  private static final Signature LARGE = new Signature(List.of(I64), List.of(I64));
  private static final int TYPE_SECTION = 1;

  /// A module in parts. Function indices count imported functions first.
  private static final class Parts {
    private final List<Signature> types = new ArrayList<>(List.of(NOTHING, NUMBER, LARGE));
    private final List<Import> imports = new ArrayList<>();
    private final List<Integer> functions = new ArrayList<>();
    private final List<String> functionNames = new ArrayList<>();
    private final List<Export> others = new ArrayList<>();
    private final List<Memory> memories = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();
    private Optional<Integer> start = Optional.empty();

    Parts imported(String name, int type) {
      imports.add(new Import("env", name, Kind.FUNCTION, imports.size(), type));
      return this;
    }

    Parts exported(String name, int type) {
      functions.add(type);
      functionNames.add(name);
      return this;
    }

    Parts exported(String name, Kind kind) {
      others.add(new Export(name, kind, 0));
      return this;
    }

    Parts memory(long minimum, Optional<Long> maximum) {
      memories.add(new Memory(minimum, maximum));
      return this;
    }

    Parts section(String name, String contents) {
      byte[] bytes = contents.getBytes(StandardCharsets.UTF_8);
      sections.add(
          new Section(Section.CUSTOM, name, 0, MemorySegment.ofArray(bytes), bytes.length));
      return this;
    }

    Parts section(int id, String name) {
      sections.add(new Section(id, name, 0, MemorySegment.NULL, 10));
      return this;
    }

    Parts startsAt(int function) {
      start = Optional.of(function);
      return this;
    }

    WasmFile file() {
      List<Function> own = new ArrayList<>();
      List<Export> exports = new ArrayList<>(others);
      for (int i = 0; i < functions.size(); i++) {
        int index = imports.size() + i;
        own.add(
            new Function(index, functionNames.get(i), functions.get(i), 0, 2, MemorySegment.NULL));
        exports.add(new Export(functionNames.get(i), Kind.FUNCTION, index));
      }
      return new WasmFile(
          "test",
          MemorySegment.NULL,
          sections,
          types,
          imports,
          own,
          List.of(),
          memories,
          exports,
          start,
          List.of(),
          false);
    }
  }

  private static Parts module() {
    return new Parts()
        .imported("now", 1)
        .exported("run", 1)
        .exported("memory", Kind.MEMORY)
        .memory(17, Optional.of(100L))
        .section(Section.CUSTOM, "producers");
  }

  private static List<String> complaints(Parts stock, Parts pruned) {
    return WasmCheck.complaints(stock.file(), pruned.file());
  }

  @Test
  void whatIsTheSameIsNoComplaint() {
    assertThat(complaints(module(), module())).isEmpty();
  }

  @Test
  void anImportMayGoAndFunctionsMayBeNumberedAnew() {
    var stock = module().imported("log", 0);
    assertThat(complaints(stock, module())).isEmpty();
    // The same names and signatures behind other indices, in another order of types.
    var other = new Parts();
    other.types.clear();
    other.types.addAll(List.of(NUMBER, LARGE, NOTHING));
    other
        .exported("run", 0)
        .exported("memory", Kind.MEMORY)
        .memory(17, Optional.of(100L))
        .section(Section.CUSTOM, "producers");
    assertThat(complaints(module(), other)).isEmpty();
  }

  @Test
  void anExportThatIsGoneNewOrOfAnotherKindIsNamed() {
    assertThat(complaints(module().exported("stop", 0), module()))
        .singleElement()
        .asString()
        .contains("does not export", "`stop`");
    assertThat(complaints(module(), module().exported("stop", 0)))
        .singleElement()
        .asString()
        .contains("exports", "`stop`", "which stock does not");
    assertThat(
            complaints(
                module().exported("data", Kind.GLOBAL), module().exported("data", Kind.TABLE)))
        .hasSize(2)
        .allMatch(c -> c.contains("`data`"));
  }

  @Test
  void anExportOfAnotherSignatureIsAnotherExport() {
    var stock = module().exported("add", 1);
    var pruned = module().exported("add", 2);
    assertThat(complaints(stock, pruned)).hasSize(2).allMatch(c -> c.contains("`add`"));
  }

  @Test
  void anImportThatIsNewOrOfAnotherSignatureIsNamed() {
    var pruned = new Parts().imported("now", 2).imported("sleep", 0);
    assertThat(complaints(new Parts().imported("now", 1), pruned))
        .hasSize(2)
        .anyMatch(c -> c.contains("`env.now`"))
        .anyMatch(c -> c.contains("`env.sleep`"))
        .allMatch(c -> c.contains("imports"));
  }

  @Test
  void memoryMayNeedLessAtStartButNeverMoreAndKeepsItsLimit() {
    var stock = new Parts().memory(17, Optional.of(100L));
    assertThat(complaints(stock, new Parts().memory(16, Optional.of(100L)))).isEmpty();
    for (var other :
        List.of(
            new Parts().memory(18, Optional.of(100L)),
            new Parts().memory(17, Optional.of(101L)),
            new Parts().memory(17, Optional.empty()))) {
      assertThat(complaints(stock, other))
          .containsExactly("the pruned module has other memory limits");
    }
    assertThat(complaints(stock, new Parts()))
        .containsExactly("the pruned module has another number of memories");
  }

  @Test
  void aStartFunctionStays() {
    assertThat(complaints(module().startsAt(1), module().startsAt(0))).isEmpty();
    assertThat(complaints(module().startsAt(1), module()))
        .containsExactly("the pruned module starts otherwise");
    assertThat(complaints(module(), module().startsAt(1)))
        .containsExactly("the pruned module starts otherwise");
  }

  @Test
  void aCustomSectionHoldsTheSameUnlessItTellsOfTheModule() {
    assertThat(
            complaints(
                module().section("mine", "a").section("producers", "x").section("name", "longer"),
                module().section("mine", "b").section("producers", "y").section("name", "short")))
        .containsExactly("custom section `mine` holds something else in the pruned module");
    assertThat(complaints(module().section("mine", "a"), module().section("mine", "a"))).isEmpty();
  }

  @Test
  void aCustomSectionStaysUnlessItDescribesCode() {
    var stock = module().section(Section.CUSTOM, "mine").section(Section.CUSTOM, ".debug_info");
    assertThat(complaints(stock, module()))
        .containsExactly("custom section `mine` is missing from the pruned module");
    // A section of the format's own is no custom section, whatever its name.
    assertThat(complaints(module().section(TYPE_SECTION, "type"), module())).isEmpty();
  }
}
