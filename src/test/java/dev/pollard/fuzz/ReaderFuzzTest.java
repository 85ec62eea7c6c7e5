package dev.pollard.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.budget.Baseline;
import dev.pollard.budget.BudgetException;
import dev.pollard.budget.MemoryLayout;
import dev.pollard.diff.FileSide;
import dev.pollard.inspect.InspectedBytes;
import dev.pollard.inspect.Inspection;
import dev.pollard.inspect.Row;
import dev.pollard.name.RustSymbol;
import dev.pollard.object.MalformedObjectException;
import dev.pollard.object.elf.ElfFile;
import dev.pollard.object.elf.ElfSymbol;
import dev.pollard.object.wasm.WasmFile;
import dev.pollard.report.Reports;
import dev.pollard.report.json.BuildReportJson;
import dev.pollard.size.ArtifactSizes;
import dev.pollard.size.StackReport;
import dev.pollard.size.StackSizes;
import dev.pollard.testing.DebugProgram;
import dev.pollard.testing.LlvmTool;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every reader of what others wrote, with damaged inputs. `-Dpollard.fuzz.inputs=N` gives all of
/// them together N inputs instead of a few, `-Dpollard.fuzz.seed=S` others,
/// `-Dpollard.fuzz.targets=elf,wasm` gives them to these readers alone, and `-Dpollard.files=A:B`
/// damages more files. Inputs that fail stay in `target/fuzz`.
class ReaderFuzzTest {
  private static final long INPUTS = Long.getLong("pollard.fuzz.inputs", 7_000);
  private static final long SEED = Long.getLong("pollard.fuzz.seed", 11);
  private static final String NAME = "damaged";

  @TempDir private Path folder;

  private final List<byte[]> linked = new ArrayList<>();
  private final List<byte[]> objects = new ArrayList<>();
  private final List<byte[]> modules = new ArrayList<>();
  private final List<byte[]> names = new ArrayList<>();

  @Test
  void readersTakeDamagedInputsAsTheyShould() throws IOException {
    build();
    List<String> wanted = List.of(System.getProperty("pollard.fuzz.targets", "").split(","));
    List<ReaderTarget> targets =
        targets().stream()
            .filter(t -> wanted.contains(t.name()) || wanted.equals(List.of("")))
            .toList();
    assertThat(targets).as("pollard.fuzz.targets").isNotEmpty();
    var failures = new ArrayList<String>();
    for (ReaderTarget target : targets) {
      var outcome =
          ReaderFuzz.run(target, SEED, INPUTS / targets.size(), Path.of("target", "fuzz"));
      System.out.println("fuzz " + outcome);
      failures.addAll(outcome.failures());
      // Both must happen, or the damage is none, or all.
      if (!target.name().equals("name")) {
        assertThat(outcome.refused()).as(target.name()).isPositive();
      }
      assertThat(outcome.read()).as(target.name()).isPositive();
    }
    assertThat(failures).isEmpty();
  }

  private void build() throws IOException {
    for (String triple : DebugProgram.triples()) {
      for (int version : new int[] {4, 5}) {
        Path program = DebugProgram.build(folder, triple, version);
        linked.add(Files.readAllBytes(program));
        objects.add(Files.readAllBytes(folder.resolve(triple + "-" + version + ".o")));
      }
    }
    Path stripped = folder.resolve("stripped");
    LlvmTool.run("llvm-objcopy", "--strip-all", folder.resolve("x86_64-linux-gnu-5.elf"), stripped);
    linked.add(Files.readAllBytes(stripped));
    for (int version : new int[] {4, 5}) {
      modules.add(
          Files.readAllBytes(DebugProgram.build(folder, "wasm32-unknown-unknown", version)));
      modules.add(Files.readAllBytes(folder.resolve("wasm32-unknown-unknown-" + version + ".o")));
    }
    String more = System.getProperty("pollard.files", "");
    for (String file : more.isEmpty() ? new String[0] : more.split(":")) {
      byte[] bytes = Files.readAllBytes(Path.of(file));
      (WasmFile.isWasm(MemorySegment.ofArray(bytes)) ? modules : linked).add(bytes);
    }
    for (byte[] bytes : List.of(linked.getFirst(), objects.getLast())) {
      for (ElfSymbol s : ElfFile.parse(NAME, MemorySegment.ofArray(bytes)).symbols()) {
        if (RustSymbol.parse(s.name()).isPresent()) {
          names.add(s.name().getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    names.add("_ZN4core3ptr13drop_in_place17h0123456789abcdefE".getBytes(StandardCharsets.UTF_8));
  }

  private List<ReaderTarget> targets() throws IOException {
    Path program = folder.resolve("thumbv7em-none-eabi-4.elf");
    String baseline = Baseline.write("machines", FileSide.of(program));
    return List.of(
        binary("elf", linked, ReaderFuzzTest::elf),
        binary("object", objects, ReaderFuzzTest::object),
        binary("wasm", modules, ReaderFuzzTest::wasm),
        binary(
            "dwarf",
            linked,
            bytes -> {
              inspect(bytes);
            }),
        binary(
            "wasm-dwarf",
            modules.stream().filter(ReaderFuzzTest::isLinked).toList(),
            bytes -> {
              inspect(bytes);
            }),
        text(
            "report",
            List.of(
                BuildReportJson.write(Reports.firmware()),
                BuildReportJson.write(Reports.fallback())),
            ReaderFuzzTest::report),
        text("baseline", List.of(baseline), ReaderFuzzTest::baseline),
        text(
            "memory.x",
            List.of(
                """
                MEMORY
                {
                  FLASH (rx) : ORIGIN = 0x0, LENGTH = 1024K - (4K * 2)
                  RAM : ORIGIN = 0x20000000, LENGTH = 256K /* all */
                }
                """),
            ReaderFuzzTest::memory),
        new ReaderTarget("name", true, names, ReaderFuzzTest::name));
  }

  /// What reads bytes and has an error of its own.
  private interface Bytes {
    void read(byte[] bytes) throws IOException;
  }

  private static ReaderTarget binary(String name, List<byte[]> seeds, Bytes reader) {
    return new ReaderTarget(
        name,
        false,
        seeds,
        bytes -> {
          try {
            reader.read(bytes);
          } catch (MalformedObjectException e) {
            if (!String.valueOf(e.getMessage()).startsWith(NAME + ": ")) {
              throw new AssertionError(
                  "an error that does not name the file: " + e.getMessage(), e);
            }
            throw new ReaderTarget.Refused(e);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  private static ReaderTarget text(String name, List<String> seeds, ReaderTarget.Reader reader) {
    return new ReaderTarget(
        name, true, seeds.stream().map(s -> s.getBytes(StandardCharsets.UTF_8)).toList(), reader);
  }

  private static void elf(byte[] bytes) throws IOException {
    ElfFile elf = ElfFile.parse(NAME, MemorySegment.ofArray(bytes));
    ArtifactSizes sizes = ArtifactSizes.of(elf);
    check(sizes.flash() == sizes.text() + sizes.rodata() + sizes.data(), "flash");
    StackSizes.of(elf);
  }

  private static void object(byte[] bytes) throws IOException {
    ElfFile elf = ElfFile.parse(NAME, MemorySegment.ofArray(bytes));
    ArtifactSizes.of(elf);
    StackReport.of(elf, _ -> true);
  }

  private static void wasm(byte[] bytes) throws IOException {
    WasmFile wasm = WasmFile.parse(NAME, MemorySegment.ofArray(bytes));
    ArtifactSizes.of(wasm, false);
    for (WasmFile.Function f : wasm.functions()) {
      wasm.signature(f.index());
    }
  }

  private static boolean isLinked(byte[] bytes) {
    try {
      return !WasmFile.parse(NAME, MemorySegment.ofArray(bytes)).relocatable();
    } catch (MalformedObjectException e) {
      throw new AssertionError(e);
    }
  }

  private static void inspect(byte[] bytes) throws IOException {
    Inspection inspection = InspectedBytes.of(NAME, bytes);
    long flash = inspection.sizes().flash();
    check(inspection.byKind().values().stream().mapToLong(b -> b).sum() == flash, "kinds");
    check(sum(inspection.byFunction()) == flash, "functions");
    check(sum(inspection.byCrate()) == flash, "crates");
    check(sum(inspection.byLine()) == flash, "lines");
  }

  private static long sum(List<Row> rows) {
    return rows.stream().mapToLong(Row::bytes).sum();
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what + " do not add up");
    }
  }

  private static void report(byte[] bytes) throws ReaderTarget.Refused {
    try {
      BuildReportJson.parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new ReaderTarget.Refused(e);
    }
  }

  private static void baseline(byte[] bytes) throws ReaderTarget.Refused {
    try {
      Baseline.parse(NAME, new String(bytes, StandardCharsets.UTF_8));
    } catch (BudgetException e) {
      throw new ReaderTarget.Refused(e);
    }
  }

  private static void memory(byte[] bytes) throws ReaderTarget.Refused {
    try {
      MemoryLayout.parse(NAME, new String(bytes, StandardCharsets.UTF_8));
    } catch (BudgetException e) {
      throw new ReaderTarget.Refused(e);
    }
  }

  /// A name that is no Rust name is no error: it stays as it is.
  private static void name(byte[] bytes) {
    String symbol = new String(bytes, StandardCharsets.UTF_8);
    RustSymbol.parse(symbol).ifPresent(RustSymbol::plain);
    RustSymbol.demangle(symbol);
  }
}
