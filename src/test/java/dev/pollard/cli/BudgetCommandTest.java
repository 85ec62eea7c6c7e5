package dev.pollard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.budget.BudgetMarkdown;
import dev.pollard.diff.FileSide;
import dev.pollard.diff.Side;
import dev.pollard.testing.DebugProgram;
import dev.pollard.testing.SarifSchema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BudgetCommandTest {
  @TempDir private Path folder;

  private Path program = Path.of("");
  private Path module = Path.of("");

  @BeforeEach
  void build() throws IOException {
    program = DebugProgram.build(folder, "thumbv7em-none-eabi", 4);
    module = DebugProgram.build(folder, "wasm32-unknown-unknown", 5);
  }

  private static CommandRun run(Object... words) {
    return CommandRun.of("budget", words);
  }

  private CommandRun budget(String limits, Path file, Object... more) throws IOException {
    Path manifest = folder.resolve("Cargo.toml");
    Files.writeString(
        manifest, "[package]\nname = \"a\"\n[package.metadata.pollard.budget]\n" + limits);
    var words = new ArrayList<Object>(List.of(file, "--manifest-path", manifest));
    words.addAll(List.of(more));
    return run(words.toArray());
  }

  @Test
  void aLimitIsKeptUpToItsLastByte() throws IOException {
    Side side = FileSide.of(program);
    long flash = side.flash();
    assertThat(budget("flash = " + flash, program).code()).isEqualTo(ExitCode.DONE);
    CommandRun broken = budget("flash = " + (flash - 1), program);
    assertThat(broken.code()).isEqualTo(ExitCode.FINDINGS);
    assertThat(broken.out()).contains(", 1 over").contains("[!!!!").contains("ways back");
    long future = side.measures().getOrDefault("largest future", 0L);
    String of = "futures = { \"machines::task\" = %d }";
    assertThat(budget(of.formatted(future), program).code()).isEqualTo(ExitCode.DONE);
    CommandRun large = budget(of.formatted(future - 1), program);
    assertThat(large.code()).isEqualTo(ExitCode.FINDINGS);
    assertThat(large.out()).contains("the future of machines::task takes 88 bytes: it keeps ");
    assertThat(budget("crates = { machines = 1 }", program).code()).isEqualTo(ExitCode.FINDINGS);
    assertThat(budget("crates = { nobody = 0 }", program).code()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void wasmIsMeasuredAsItGoesOverTheWire() throws IOException {
    Side side = FileSide.of(module);
    for (String[] pair :
        new String[][] {{"raw", "flash"}, {"gzip", "gzip"}, {"brotli", "brotli"}}) {
      long bytes = side.measures().getOrDefault(pair[1], 0L);
      assertThat(bytes).isPositive();
      assertThat(budget("wasm." + pair[0] + " = " + bytes, module).code()).isEqualTo(ExitCode.DONE);
      assertThat(budget("wasm." + pair[0] + " = " + (bytes - 1), module).code())
          .isEqualTo(ExitCode.FINDINGS);
    }
  }

  @Test
  void whatCannotBeCheckedIsBroken() throws IOException {
    for (String limit :
        List.of(
            "stack = 1000000",
            "wasm.gzip = 1000000",
            "futures = { nobody = 1000000 }",
            "regions = { NOWHERE = 1000000 }")) {
      CommandRun result = budget(limit, program);
      assertThat(result.code()).as(limit).isEqualTo(ExitCode.FINDINGS);
      assertThat(result.out()).contains("cannot be checked: ");
    }
  }

  @Test
  void growthCountsFromTheBaseline() throws IOException {
    Path old = folder.resolve("old.elf");
    Files.copy(program, old);
    Path now = DebugProgram.build(folder, "thumbv7em-none-eabi", 4, "-O0");
    long growth = FileSide.of(now).flash() - FileSide.of(old).flash();
    assertThat(growth).isPositive();
    CommandRun none = budget("flash.max-growth = 0", old);
    assertThat(none.code()).isEqualTo(ExitCode.DONE);
    assertThat(none.out()).contains("growth is not checked (pollard budget --save)");
    assertThat(budget("", old, "--save").out()).contains("pollard-budget.json: commit it");
    String first = Files.readString(folder.resolve("pollard-budget.json"));
    budget("", old, "--save");
    assertThat(Files.readString(folder.resolve("pollard-budget.json"))).isEqualTo(first);
    assertThat(budget("flash.max-growth = 0", old).code()).isEqualTo(ExitCode.DONE);
    assertThat(budget("flash.max-growth = " + growth, now).code()).isEqualTo(ExitCode.DONE);
    CommandRun grown = budget("flash.max-growth = " + (growth - 1), now);
    assertThat(grown.code()).isEqualTo(ExitCode.FINDINGS);
    assertThat(grown.out())
        .contains(
            "since the baseline: flash +" + String.format(java.util.Locale.ROOT, "%,d", growth))
        .contains("crate machines");
    assertThat(budget("flash = { max-growth = \"1 %\" }", now).out()).contains("max-growth 1.0 %");
    Files.writeString(folder.resolve("pollard-budget.json"), "{}");
    CommandRun bad = budget("flash.max-growth = 0", old);
    assertThat(bad.code()).isEqualTo(ExitCode.FAILED);
    assertThat(bad.err()).contains("pollard-budget.json: no baseline").contains("--save");
  }

  @Test
  void regionsAreThoseOfTheLinkerScriptOrTheChip() throws IOException {
    Files.writeString(
        folder.resolve("memory.x"),
        "MEMORY { FLASH : ORIGIN = 0x10000, LENGTH = 64K\n RAM : ORIGIN = 0x20000, LENGTH = 512K }");
    CommandRun fits = budget("regions = { FLASH = \"64K\" }", program);
    assertThat(fits.out()).contains("memory.x").contains(" of 65,536, ");
    assertThat(fits.code()).isEqualTo(ExitCode.DONE);
    Files.writeString(
        folder.resolve("memory.x"), "MEMORY { FLASH : ORIGIN = 0x8000000, LENGTH = 64K }");
    CommandRun wrong = budget("flash = \"1M\"", program);
    assertThat(wrong.code()).isEqualTo(ExitCode.FINDINGS);
    assertThat(wrong.out()).contains("broken: ").contains("memory.x: is it the right one?");
    CommandRun outside = budget("flash = \"1M\"", program, "--chip", "nRF52840");
    assertThat(outside.out())
        .contains("nRF52840, Nordic Semiconductor")
        .contains(" of 1,048,576, ");
    CommandRun unknown = budget("chip = \"STM32F4\"", program);
    assertThat(unknown.code()).isEqualTo(ExitCode.FAILED);
    assertThat(unknown.err()).contains("budget.chip: no chip \"STM32F4\"").contains("STM32F407VG");
  }

  @Test
  void sarifKeepsToItsSchema() throws IOException {
    assertThat(SarifSchema.complaints("{\"version\": \"2.1.0\"}")).isNotEmpty();
    Path file = folder.resolve("out.sarif");
    budget("flash = 1\nram = \"1G\"\nstack = 4", program, "--sarif", file);
    String text = Files.readString(file);
    assertThat(SarifSchema.complaints(text)).isEmpty();
    JsonNode run = JsonMapper.builder().build().readTree(text).get("runs").get(0);
    assertThat(run.get("results")).hasSize(2);
    JsonNode flash = run.get("results").get(0);
    assertThat(flash.get("ruleId").asString()).isEqualTo("budget/flash");
    assertThat(
            run.get("tool")
                .get("driver")
                .get("rules")
                .get(flash.get("ruleIndex").asInt())
                .get("id"))
        .isEqualTo(flash.get("ruleId"));
    JsonNode place = flash.get("locations").get(0).get("physicalLocation");
    assertThat(place.get("region").get("startLine").asInt()).isEqualTo(4);
    assertThat(place.get("artifactLocation").get("uri").asString()).endsWith("Cargo.toml");
    budget("flash = \"1G\"", program, "--sarif", file);
    assertThat(SarifSchema.complaints(Files.readString(file))).isEmpty();
    assertThat(Files.readString(file)).contains("\"results\" : [ ]");
  }

  @Test
  void junitHasACaseForEachLimit() throws Exception {
    Path file = folder.resolve("out.xml");
    budget("flash = 1\nram = \"1G\"\ncrates = { \"<a&b>\" = 0 }", program, "--junit", file);
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(Files.readAllBytes(file)));
    var suite = document.getDocumentElement();
    assertThat(suite.getAttribute("tests")).isEqualTo("3");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(3);
    assertThat(document.getElementsByTagName("failure").getLength()).isEqualTo(1);
    assertThat(Files.readString(file)).contains("budget/crate &lt;a&amp;b&gt;");
  }

  @Test
  void gitHubGetsAnnotationsAndMarkdown() throws IOException {
    CommandRun broken = budget("flash = 1\nram = \"1G\"", program, "--github");
    List<String> marks = broken.out().lines().filter(l -> l.startsWith("::error ")).toList();
    assertThat(marks).hasSize(1);
    assertThat(marks.getFirst())
        .contains("Cargo.toml,line=4,title=")
        .contains("::flash takes ")
        .contains(" more than the 1 of its max");
    CommandRun text = budget("flash = 1", program, "--markdown");
    assertThat(text.out()).startsWith(BudgetMarkdown.MARK + "\n### ❌ ").contains("| **");
    assertThat(budget("flash = \"1G\"", program, "--markdown").out()).contains("### ✅ ");
  }

  @Test
  void whatIsWrongIsOneLine() throws IOException {
    CommandRun none = budget("", program);
    assertThat(none.code()).isEqualTo(ExitCode.FAILED);
    assertThat(none.err()).contains("Cargo.toml: has no limits").contains("flash = \"64K\"");
    assertThat(budget("flash = \"x\"", program).err().lines()).hasSize(1);
    assertThat(budget("flash = 1", folder).err()).contains("is a folder");
    assertThat(budget("flash = 1", folder.resolve("none")).err()).contains("no such file");
    assertThat(run("--chip", "a", "--memory", "b").code()).isEqualTo(ExitCode.USAGE);
    assertThat(run("--chips").out().lines().count()).isGreaterThan(40);
  }
}
