package dev.pollard.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.pollard.inspect.Piece.Kind;
import dev.pollard.object.MalformedObjectException;
import dev.pollard.object.elf.ElfFile;
import dev.pollard.size.ArtifactSizes;
import dev.pollard.testing.DebugProgram;
import dev.pollard.testing.LlvmTool;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// More files, such as real firmware, can be given: `-Dpollard.files=A:B`, with
/// `-Dpollard.addresses=N` for how many addresses of each are compared with `llvm-symbolizer`.
class InspectionTest {
  private static final int ADDRESSES = Integer.getInteger("pollard.addresses", 1_000);

  @TempDir private static Path folder;

  /// Programs of four processors and wasm, with and without debug info and symbols, and what every
  /// machine has that runs this.
  static Stream<Path> files() throws IOException {
    var files = new ArrayList<Path>();
    for (String triple : DebugProgram.triples()) {
      for (int version : new int[] {4, 5}) {
        Path program = DebugProgram.build(folder, triple, version);
        files.add(program);
        for (String kind : List.of("--strip-debug", "--strip-all")) {
          Path stripped = folder.resolve(program.getFileName() + kind);
          LlvmTool.run("llvm-objcopy", kind, program, stripped);
          files.add(stripped);
        }
      }
    }
    files.add(folder.resolve("x86_64-linux-gnu-4.o"));
    files.add(Path.of(System.getProperty("java.home"), "lib", "libzip.so"));
    files.add(Path.of(System.getProperty("java.home"), "bin", "java"));
    for (String file : List.of("/bin/sh", "/usr/bin/git", "/usr/bin/python3")) {
      if (Files.isReadable(Path.of(file))) {
        files.add(Path.of(file));
      }
    }
    given().forEach(files::add);
    return files.stream();
  }

  private static Stream<Path> given() {
    return Stream.of(System.getProperty("pollard.files", "").split(":", -1))
        .filter(f -> !f.isEmpty())
        .map(Path::of);
  }

  static Stream<Path> withDebugInfo() throws IOException {
    var files = new ArrayList<Path>();
    for (String triple : DebugProgram.triples()) {
      for (int version : new int[] {4, 5}) {
        files.add(DebugProgram.build(folder, triple, version));
      }
    }
    given().filter(f -> !f.toString().endsWith(".wasm")).forEach(files::add);
    return files.stream();
  }

  /// Each table of a file's bytes, the largest first, has all of them.
  static void assertViewsAddUp(Inspection inspection, Path file, long flash) throws IOException {
    assertThat(inspection.byKind().values().stream().mapToLong(b -> b).sum())
        .as("%s by kind", file)
        .isEqualTo(flash);
    for (List<Row> rows :
        List.of(
            inspection.byCrate(),
            inspection.byFunction(),
            inspection.bySymbol(),
            inspection.byLine())) {
      assertThat(rows.stream().mapToLong(Row::bytes).sum()).as("%s", file).isEqualTo(flash);
      assertThat(rows)
          .as("%s", file)
          .isSortedAccordingTo((a, b) -> Long.compare(b.bytes(), a.bytes()));
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyViewAddsUpToTheFile(Path file) throws IOException {
    Inspection inspection = Inspection.of(file);
    long flash = ArtifactSizes.uncompressed(file).flash();
    assertThat(inspection.sizes().flash()).isEqualTo(flash).isPositive();
    assertViewsAddUp(inspection, file, flash);
    List<Share> shares = inspection.shares();
    assertThat(shares.stream().mapToLong(Share::bytes).sum()).isEqualTo(flash);
    for (MachineCost m : inspection.machines()) {
      var parts = new TreeMap<Share.Part, Long>();
      shares.stream()
          .filter(s -> s.machine().equals(m.name()))
          .forEach(s -> parts.merge(s.part(), s.bytes(), Long::sum));
      assertThat(parts.getOrDefault(Share.Part.OWN, 0L)).as(m.name()).isEqualTo(m.ownBytes());
      assertThat(parts.getOrDefault(Share.Part.INLINED, 0L)).isEqualTo(m.inlinedBytes());
      assertThat(parts.getOrDefault(Share.Part.DROP, 0L)).isEqualTo(m.dropBytes());
    }
    assertThat(inspection.pieces()).allMatch(p -> p.size() > 0);
    long code =
        inspection.byKind().getOrDefault(Kind.CODE, 0L)
            + inspection.byKind().getOrDefault(Kind.OUTLINED, 0L)
            + inspection.byKind().getOrDefault(Kind.LITERALS, 0L);
    assertThat(inspection.machines().stream().mapToLong(MachineCost::flash).sum())
        .isLessThanOrEqualTo(code);
    if (!file.toString().endsWith(".wasm")) {
      assertThat(flash).isEqualTo(LlvmTool.flash(file));
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void sectionsAreThoseOfLlvmSize(Path file) throws IOException {
    if (file.toString().endsWith(".wasm")) {
      return;
    }
    var expected = new ArrayList<String>();
    for (String line : LlvmTool.run("llvm-size", "-A", file).lines().toList()) {
      String[] fields = line.trim().split("\\s+", -1);
      if (fields.length == 3 && fields[1].matches("[0-9]+")) {
        expected.add(fields[0] + " " + fields[1]);
      }
    }
    var found = new ArrayList<String>();
    Inspection.of(file).sections().forEach(s -> found.add(s.name() + " " + s.size()));
    assertThat(found).containsAll(expected);
  }

  @ParameterizedTest
  @MethodSource("withDebugInfo")
  void functionsOfSymbolsHaveTheSizesOfLlvmNm(Path file) throws IOException {
    Inspection inspection = Inspection.of(file);
    var bytes = new HashMap<String, Long>();
    for (Piece p : inspection.pieces()) {
      if (p.symbol() >= 0) {
        bytes.merge(inspection.symbolName(p.symbol()), p.size(), Long::sum);
      }
    }
    var count = new HashMap<String, Integer>();
    var sizes = new HashMap<String, Long>();
    for (String line :
        LlvmTool.run("llvm-nm", "--defined-only", "--format=posix", file).lines().toList()) {
      String[] fields = line.split(" ", -1);
      if (fields.length == 4 && fields[1].matches("[tT]")) {
        // Functions that were merged share an address: one of them has the bytes.
        count.merge(fields[2], 1, Integer::sum);
        count.merge(fields[0], 1, Integer::sum);
        sizes.put(fields[0] + " " + fields[2], Long.parseLong(fields[3], 16));
      }
    }
    int compared = 0;
    for (var symbol : sizes.entrySet()) {
      String[] key = symbol.getKey().split(" ", -1);
      if (count.getOrDefault(key[1], 0) == 1
          && count.getOrDefault(key[0], 0) == 1
          && symbol.getValue() > 0
          && bytes.containsKey(key[0])) {
        assertThat(bytes).as(file.toString()).contains(entry(key[0], symbol.getValue()));
        compared++;
      }
    }
    // On this one processor symbols mean descriptors, not code.
    assertThat(compared).isGreaterThan(file.toString().contains("powerpc64") ? -1 : 4);
  }

  static Stream<Path> symbolized() throws IOException {
    var files = new ArrayList<Path>(withDebugInfo().toList());
    for (int version : new int[] {4, 5}) {
      files.add(DebugProgram.build(folder, "wasm32-unknown-unknown", version));
    }
    for (Path file : given().filter(f -> f.toString().endsWith(".wasm")).toList()) {
      if (Inspection.of(file).hasDebugInfo()) {
        files.add(file);
      }
    }
    return files.stream();
  }

  @ParameterizedTest
  @MethodSource("symbolized")
  void inlinedFunctionsAtRandomAddressesAreThoseOfLlvmSymbolizer(Path file) throws IOException {
    Inspection inspection = Inspection.of(file);
    var places = new TreeMap<Long, Piece>();
    var code = new ArrayList<Piece>();
    for (Piece p : inspection.pieces()) {
      // Constants and outlined code are charged to functions that they are not inside of.
      if (p.node() >= 0 && (p.kind() == Kind.CODE || p.kind() == Kind.LITERALS)) {
        places.put(p.address(), p);
        code.add(p);
      }
    }
    Optional<ElfFile> elf =
        file.toString().endsWith(".wasm") ? Optional.empty() : Optional.of(ElfFile.read(file));
    // Linkers put the debug info of what they drop at 0: LLVM's tool takes it for real.
    long dead = droppedEnd(file);
    var random = new Random(22);
    var addresses = new ArrayList<Long>();
    var input = new ArrayList<String>();
    while (addresses.size() < ADDRESSES) {
      Piece p = code.get(random.nextInt(code.size()));
      long address = p.address() + random.nextLong(p.size());
      if (address >= dead) {
        addresses.add(address);
        input.add("0x" + Long.toHexString(address));
      }
    }
    List<String> blocks =
        List.of(
            LlvmTool.run(
                    input,
                    "llvm-symbolizer",
                    "--obj=" + file,
                    "--functions=linkage",
                    "--no-demangle")
                .strip()
                .split("\n\n", -1));
    assertThat(blocks).hasSize(addresses.size());
    int deep = 0;
    for (int i = 0; i < addresses.size(); i++) {
      var expected = new ArrayList<String>();
      String[] lines = blocks.get(i).strip().split("\n", -1);
      for (int l = 0; l < lines.length; l += 2) {
        expected.add(lines[l]);
      }
      Piece p = places.floorEntry(addresses.get(i)).getValue();
      List<String> found = new ArrayList<>(inspection.symbolsOf(p));
      // LLVM's tool takes the outermost name from the table of symbols, which has suffixes, and of
      // functions that were merged any one. In wasm it looks there with an offset of another kind.
      if (elf.isEmpty() || covering(elf.get(), addresses.get(i)).contains(expected.getLast())) {
        found.set(found.size() - 1, expected.getLast());
      }
      assertThat(found).as("%s at %s", file, input.get(i)).containsExactlyElementsOf(expected);
      deep += expected.size() > 1 ? 1 : 0;
      // The tool cuts a file's path short where it is given relative to the unit's folder.
      String line = inspection.lineAt(addresses.get(i));
      if (p.kind() == Kind.CODE) {
        assertThat(line).as("%s at %s", file, input.get(i)).isEqualTo(lineOnly(lines[1]));
      }
    }
    assertThat(deep).isPositive();
  }

  /// `file:12:3` as `file:12`.
  private static String lineOnly(String place) {
    return place.substring(0, place.lastIndexOf(':'));
  }

  private static long droppedEnd(Path file) {
    long end = 0;
    Pattern range = Pattern.compile("^\\[0x0+[01]?, 0x([0-9a-f]+)\\)$");
    for (String line : LlvmTool.run("llvm-dwarfdump", "--debug-aranges", file).lines().toList()) {
      Matcher m = range.matcher(line);
      end = m.matches() ? Math.max(end, Long.parseLong(m.group(1), 16)) : end;
    }
    return end;
  }

  private static List<String> covering(ElfFile elf, long address) {
    return elf.symbols().stream()
        .filter(s -> s.isFunction() && s.isDefined())
        .filter(s -> address >= elf.codeAddress(s) && address < elf.codeAddress(s) + s.size())
        .map(s -> s.name())
        .toList();
  }

  @Test
  void theMachinesOfAProgramAreKnown() throws IOException {
    Inspection inspection = Inspection.of(DebugProgram.build(folder, "thumbv7em-none-eabi", 5));
    Map<String, MachineCost> machines = new HashMap<>();
    inspection.machines().forEach(m -> machines.put(m.name(), m));
    assertThat(machines)
        .containsOnlyKeys(
            "machines::task",
            "machines::task::{async block#0}",
            "machines::leaf",
            "machines::sum::<2>",
            "machines::sum::<4>");
    MachineCost task = Objects.requireNonNull(machines.get("machines::task"));
    assertThat(task.crate()).isEqualTo("machines");
    assertThat(task.machine().file()).isEqualTo("/src/machines.rs");
    assertThat(task.machine().line()).isEqualTo(51);
    assertThat(task.machine().futureSize()).hasValue(88);
    assertThat(task.inner())
        .containsExactly(
            "machines::sum::<2>", "machines::task::{async block#0}", "machines::sum::<4>");
    assertThat(task.machine().states())
        .extracting(Machine.State::name)
        .containsExactly("Unresumed", "Returned", "Panicked", "Suspend0", "Suspend1", "Suspend2");
    assertThat(task.machine().states())
        .extracting(Machine.State::line)
        .containsExactly(51, 55, 55, 52, 54, 54);
    Machine.State second = task.machine().states().get(4);
    assertThat(second.held())
        .extracting(Machine.Held::name)
        .containsExactlyInAnyOrder("short", "__awaitee");
    assertThat(second.heldBytes()).isEqualTo(20);
    Machine.Held awaitee =
        second.held().stream().filter(Machine.Held::isAwaitee).findFirst().orElseThrow();
    assertThat(awaitee.type()).isEqualTo("machines::task::{async_fn#0}::{async_block_env#0}");
    assertThat(awaitee.size()).isEqualTo(16);
    // A wrapper around a future is looked through.
    assertThat(Objects.requireNonNull(machines.get("machines::sum::<2>")).inner())
        .containsExactly("machines::leaf");
    MachineCost leaf = Objects.requireNonNull(machines.get("machines::leaf"));
    assertThat(leaf.ownBytes()).isPositive();
    assertThat(leaf.inlinedBytes()).isPositive();
    assertThat(leaf.dropBytes()).isPositive();
    assertThat(leaf.stackFrame()).isPresent();
    assertThat(leaf.stateBytes().get(3)).isPositive();
    assertThat(leaf.stateBytes().stream().mapToLong(b -> b).sum())
        .isLessThanOrEqualTo(leaf.pollBytes());
    assertThat(inspection.notes()).isEmpty();
  }

  /// Each call that `llvm-objdump` shows has its share, and no share is lost.
  @Test
  void outlinedCodeIsChargedToItsCallers() throws IOException {
    var programs = new ArrayList<Path>();
    programs.add(
        DebugProgram.build(folder, "aarch64-none-elf", 4, "-enable-machine-outliner=always"));
    given().filter(f -> !f.toString().endsWith(".wasm")).forEach(programs::add);
    int outlined = 0;
    for (Path program : programs) {
      everyViewAddsUpToTheFile(program);
      Inspection inspection = Inspection.of(program);
      var calls = new TreeMap<String, Integer>();
      String function = "";
      for (String line : LlvmTool.run("llvm-objdump", "-d", program).lines().toList()) {
        Matcher start = Pattern.compile("^[0-9a-f]+ <(.*)>:$").matcher(line);
        Matcher call = Pattern.compile("<(OUTLINED_FUNCTION_[0-9]+)>").matcher(line);
        if (start.find()) {
          function = start.group(1);
        } else if (call.find() && !function.startsWith("OUTLINED")) {
          calls.merge(call.group(1), 1, Integer::sum);
        }
      }
      var shares = new TreeMap<String, Integer>();
      var sizes = new HashMap<String, Long>();
      for (Piece p : inspection.pieces()) {
        if (p.kind() == Kind.OUTLINED) {
          shares.merge(inspection.symbolName(p.symbol()), 1, Integer::sum);
          sizes.merge(inspection.symbolName(p.symbol()), p.size(), Long::sum);
          assertThat(inspection.symbolsOf(p)).noneMatch(s -> s.startsWith("OUTLINED"));
        }
      }
      // A share is one byte at least.
      calls.replaceAll((name, n) -> (int) Math.min(n, sizes.getOrDefault(name, 0L)));
      assertThat(shares).as(program.toString()).isEqualTo(calls);
      outlined += shares.size();
    }
    assertThat(outlined).isPositive();
  }

  @Test
  void aWasmModuleHasTheSameMachines() throws IOException {
    for (int version : new int[] {4, 5}) {
      Path module = DebugProgram.build(folder, "wasm32-unknown-unknown", version);
      everyViewAddsUpToTheFile(module);
      Inspection inspection = Inspection.of(module);
      assertThat(inspection.byKind()).containsEntry(Kind.UNATTRIBUTED, 0L);
      assertThat(inspection.machines())
          .extracting(MachineCost::name)
          .contains("machines::task", "machines::leaf", "machines::sum::<2>");
      assertThat(inspection.machines()).allMatch(m -> m.ownBytes() > 0 && m.dropBytes() > 0);
      Path stripped = folder.resolve("stripped.wasm");
      LlvmTool.run("llvm-objcopy", "--strip-all", module, stripped);
      everyViewAddsUpToTheFile(stripped);
    }
  }

  @Test
  void withoutDebugInfoItSaysWhatItCannotTell() throws IOException {
    Path program = DebugProgram.build(folder, "thumbv7em-none-eabi", 4);
    Path stripped = folder.resolve("symbols-only.elf");
    LlvmTool.run("llvm-objcopy", "--strip-debug", program, stripped);
    Inspection inspection = Inspection.of(stripped);
    assertThat(inspection.hasDebugInfo()).isFalse();
    assertThat(String.join("\n", inspection.notes())).contains("debug = 2").contains("unknown");
    assertThat(inspection.byCrate()).extracting(Row::name).contains("machines");
    Path all = folder.resolve("nothing.elf");
    LlvmTool.run("llvm-objcopy", "--strip-all", program, all);
    assertThat(String.join("\n", Inspection.of(all).notes())).contains("stripped");
  }

  /// As in a program without debug info of its own, whose standard library has some.
  @Test
  void codeWithoutDebugInfoIsReadBySymbolsBesideCodeWithIt() throws IOException {
    DebugProgram.build(folder, "x86_64-linux-gnu", 4);
    String task =
        "_RNvMs1_NtCs6fl5pO0VGYP_16embassy_executor3rawINtB5_11TaskStorage"
            + "NCNvNvCsii4PRr3lLu4_3app12___blink_task27___blink_task_inner_function0E4poll";
    Path source = folder.resolve("plain.ll");
    Files.writeString(
        source,
        "define void @%s(ptr %%a) {\n%sret void\n}\n"
            .formatted(task, "store volatile i64 1234567, ptr %a\n".repeat(60)));
    Path object = folder.resolve("plain.o");
    LlvmTool.run("llc", "-mtriple=x86_64-linux-gnu", "-filetype=obj", source, "-o", object);
    Path program = folder.resolve("both.elf");
    LlvmTool.run(
        "ld.lld",
        "--unresolved-symbols=ignore-all",
        "-e",
        "poll_task",
        folder.resolve("x86_64-linux-gnu-4.o"),
        object,
        "-o",
        program);
    everyViewAddsUpToTheFile(program);
    Inspection inspection = Inspection.of(program);
    assertThat(inspection.machines()).hasSize(6);
    MachineCost blink = inspection.machines().getFirst();
    assertThat(blink.name()).contains("blink");
    assertThat(blink.crate()).isEqualTo("app");
    assertThat(blink.pollBytes()).isGreaterThan(60 * 7);
    assertThat(blink.machine().futureSize()).isEmpty();
    assertThat(inspection.notes()).hasSize(1);
    assertThat(inspection.notes().getFirst()).contains("bytes of code have no debug info");
  }

  @Test
  void whatIsNoProgramIsRefused() {
    MemorySegment text = MemorySegment.ofArray("fn main() {}".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> Inspection.of("main.rs", text))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContaining("main.rs")
        .hasMessageContaining("neither ELF nor WebAssembly");
  }

  @Test
  void objectsThatAreNotLinkedAreReadBySymbols() throws IOException {
    DebugProgram.build(folder, "x86_64-linux-gnu", 4);
    Inspection inspection = Inspection.of(folder.resolve("x86_64-linux-gnu-4.o"));
    assertThat(ElfFile.read(folder.resolve("x86_64-linux-gnu-4.o")).isRelocatable()).isTrue();
    assertThat(inspection.notes().getFirst()).contains("not linked");
    assertThat(inspection.bySymbol()).extracting(Row::name).contains("poll_task");
  }
}
