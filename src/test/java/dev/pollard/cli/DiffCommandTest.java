package dev.pollard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.pollard.diff.By;
import dev.pollard.diff.Diff;
import dev.pollard.diff.FileSide;
import dev.pollard.report.Reports;
import dev.pollard.report.json.BuildReportJson;
import dev.pollard.report.json.DiffJson;
import dev.pollard.report.table.DiffMarkdown;
import dev.pollard.testing.DebugProgram;
import dev.pollard.testing.LlvmTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `-Dpollard.files=A:B` compares those files too, each with each.
class DiffCommandTest {
  @TempDir private Path folder;

  private static CommandRun diff(Object... words) {
    return CommandRun.of("diff", words);
  }

  private Path program(String... flags) throws IOException {
    return DebugProgram.build(folder, "thumbv7em-none-eabi", 4, flags);
  }

  private List<Path> atHand() throws IOException {
    var files = new ArrayList<Path>();
    for (String triple : DebugProgram.triples()) {
      files.add(DebugProgram.build(folder, triple, 5));
    }
    Path stripped = folder.resolve("stripped.elf");
    LlvmTool.run("llvm-objcopy", "--strip-all", files.getFirst(), stripped);
    files.add(stripped);
    Path plain = folder.resolve("plain.elf");
    LlvmTool.run("llvm-objcopy", "--strip-debug", files.get(1), plain);
    files.add(plain);
    files.add(DebugProgram.build(folder, "wasm32-unknown-unknown", 4));
    String more = System.getProperty("pollard.files", "");
    if (!more.isEmpty()) {
      List.of(more.split(":")).forEach(f -> files.add(Path.of(f)));
    }
    return files;
  }

  @Test
  void theSumOfAllChangesIsTheDifferenceOfTheTotals() throws IOException {
    List<Path> files = atHand();
    for (Path a : files) {
      for (Path b : files) {
        Diff diff = Diff.of(FileSide.of(a), FileSide.of(b));
        for (By by : List.of(By.MACHINE, By.CRATE, By.FUNCTION, By.SECTION)) {
          var table = diff.table(by).orElseThrow();
          assertThat(table.oldBytes()).as("%s in %s", by, a).isEqualTo(diff.before().flash());
          assertThat(table.newBytes()).as("%s in %s", by, b).isEqualTo(diff.after().flash());
          if (a.equals(b)) {
            assertThat(table.changes())
                .allMatch(c -> c.bytes() == 0 && c.before().isPresent() && c.after().isPresent())
                .allMatch(c -> c.oldName().isEmpty());
          }
        }
      }
    }
  }

  @Test
  void jsonKeepsToItsSchema() throws IOException {
    Path report = folder.resolve("sensor.json");
    Files.writeString(report, BuildReportJson.write(Reports.firmware()));
    Path old = program("-O0");
    Path small = folder.resolve("small.elf");
    Files.copy(old, small);
    Path now = program("-O2");
    Path module = DebugProgram.build(folder, "wasm32-unknown-unknown", 5);
    var schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(DiffJson.schema());
    for (List<Object> words :
        List.<List<Object>>of(
            List.of(small, now), List.of(now, module), List.of(report), List.of(report, now))) {
      var line = new ArrayList<>(words);
      line.add("--json");
      CommandRun result = diff(line.toArray());
      assertThat(result.err()).isEmpty();
      assertThat(result.code()).isEqualTo(ExitCode.DONE);
      assertThat(schema.validate(result.out(), InputFormat.JSON)).isEmpty();
      JsonNode root = JsonMapper.builder().build().readTree(result.out());
      for (JsonNode table : root.get("tables")) {
        long sum =
            StreamSupport.stream(table.get("rows").spliterator(), false)
                .mapToLong(r -> r.get("change").asLong())
                .sum();
        assertThat(sum).isEqualTo(table.get("change").asLong());
        if (table.get("sharesFlash").asBoolean()) {
          assertThat(sum).isEqualTo(root.get("change").asLong());
        }
      }
    }
    assertThat(diff("--schema").out()).isEqualTo(DiffJson.schema());
  }

  @Test
  void theLinesOfATableAddUpWhateverIsShown() throws IOException {
    Path old = folder.resolve("old.elf");
    Files.copy(program("-O0"), old);
    Path now = program("-O2");
    for (List<Object> more :
        List.<List<Object>>of(
            List.of(), List.of("-n", "2"), List.of("--filter", "sum"), List.of("--sort", "name"))) {
      var line = new ArrayList<Object>(List.of(old, now, "--by", "function"));
      line.addAll(more);
      CommandRun result = diff(line.toArray());
      assertThat(result.code()).isEqualTo(ExitCode.DONE);
      List<Long> changes = changes(result.out());
      long total = changes.removeLast();
      assertThat(changes.stream().mapToLong(c -> c).sum()).isEqualTo(total).isNotZero();
      assertThat(total).isEqualTo(FileSide.of(now).flash() - FileSide.of(old).flash());
    }
    assertThat(diff(old, now, "--by", "function", "--filter", "machines::leaf").out())
        .contains("machines::leaf")
        .doesNotContain("machines::sum");
  }

  /// The third number of each line below the heading of the table, the total last.
  private static List<Long> changes(String out) {
    var changes = new ArrayList<Long>();
    for (String line : out.lines().skip(1).dropWhile(l -> !l.isBlank()).skip(2).toList()) {
      if (line.isBlank()) {
        break;
      }
      changes.add(Long.parseLong(line.substring(22, 33).strip().replaceAll("[+,]", "")));
    }
    return changes;
  }

  @Test
  void markdownSaysItInOneLineAndFoldsTheRest() throws IOException {
    Path old = folder.resolve("old.elf");
    Files.copy(program("-O0"), old);
    CommandRun result = diff(old, program("-O2"), "--markdown", "-n", "3");
    assertThat(result.out()).startsWith(DiffMarkdown.MARK + "\n### flash ");
    assertThat(result.out().lines().filter(l -> l.startsWith("<details>"))).hasSize(4);
    assertThat(result.out().lines().filter(l -> l.equals("</details>"))).hasSize(4);
    assertThat(result.out()).contains("<details><summary>by machine: ").contains(" total* |");
    for (String line : result.out().lines().filter(l -> l.startsWith("| ")).toList()) {
      assertThat(line.replace("\\|", "").chars().filter(c -> c == '|')).as(line).hasSize(6);
    }
    assertThat(diff(old, old, "--markdown").out()).contains("### flash unchanged: ");
  }

  @Test
  void aReportAloneIsStockAgainstPruned() throws IOException {
    Path report = folder.resolve("sensor.json");
    Files.writeString(report, BuildReportJson.write(Reports.firmware()));
    CommandRun result = diff(report);
    assertThat(result.out())
        .containsPattern("flash +100,000 +88,500 +-11,500 +-11\\.5 %")
        .containsPattern("5,784 +48 +-5,736 +-99\\.2 % +net::run");
    CommandRun none = diff(report, report, "--by", "function");
    assertThat(none.code()).isEqualTo(ExitCode.FAILED);
    assertThat(none.err()).contains("--by function").contains("they have section, frame");
  }

  @Test
  void whatIsWrongIsOneLine() throws IOException {
    Path program = program();
    Path text = folder.resolve("main.rs");
    Files.writeString(text, "fn main() {}");
    Path broken = folder.resolve("broken.json");
    Files.writeString(broken, "{\"schema\": \"pollard.build/9\"}");
    for (Path bad : List.of(text, broken, folder, folder.resolve("none"))) {
      CommandRun result = diff(program, bad);
      assertThat(result.code()).isEqualTo(ExitCode.FAILED);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).startsWith("error: ").contains(bad.toString());
      assertThat(result.err().lines()).hasSize(1);
    }
    assertThat(diff(program).err()).contains("with what is it to be compared?");
    assertThat(diff("--rev", "main").err()).contains("--rev takes two revisions");
    for (List<Object> wrong :
        List.<List<Object>>of(
            List.of(),
            List.of(program, program, program),
            List.of(program, program, "--by", "moon"),
            List.of(program, program, "-n", "-1"),
            List.of(program, program, "--filter", "("),
            List.of(program, program, "--stock"),
            List.of(program, program, "--json", "--markdown"))) {
      assertThat(diff(wrong.toArray()).code()).as("%s", wrong).isEqualTo(ExitCode.USAGE);
    }
  }
}
