package dev.pollard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.pollard.inspect.Inspection;
import dev.pollard.report.json.InspectJson;
import dev.pollard.testing.DebugProgram;
import dev.pollard.testing.LlvmTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InspectCommandTest {
  @TempDir private Path folder;

  private static CommandRun inspect(Object... words) {
    return CommandRun.of("inspect", words);
  }

  private Path program() throws IOException {
    return DebugProgram.build(folder, "thumbv7em-none-eabi", 4);
  }

  private static JsonNode json(Object... words) {
    CommandRun result = inspect(words);
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isEqualTo(ExitCode.DONE);
    var schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(InspectJson.schema());
    assertThat(schema.validate(result.out(), InputFormat.JSON)).isEmpty();
    return JsonMapper.builder().build().readTree(result.out());
  }

  @Test
  void theTreeShowsTasksWithWhatTheyAwait() throws IOException {
    CommandRun result = inspect(program());
    assertThat(result.code()).isEqualTo(ExitCode.DONE);
    assertThat(result.out().lines().filter(l -> l.contains("machines::")))
        .map(l -> l.substring(l.indexOf("  ", 54)).strip())
        .containsExactly(
            "machines::task",
            "├ machines::sum::<2>",
            "│ └ machines::leaf",
            "├ machines::task::{async block#0}",
            "└ machines::sum::<4>",
            "└ machines::leaf (above)");
    assertThat(result.out()).contains("Suspend0 at src/machines.rs:52");
    assertThat(result.out()).contains("keeps the awaited future 56");
  }

  @Test
  void jsonKeepsToItsSchemaForEveryFileAndEveryTable() throws IOException {
    Path program = program();
    Path stripped = folder.resolve("stripped.elf");
    LlvmTool.run("llvm-objcopy", "--strip-debug", program, stripped);
    Path module = DebugProgram.build(folder, "wasm32-unknown-unknown", 5);
    for (Path file : List.of(program, stripped, module)) {
      JsonNode report = json(file, "--json");
      assertThat(report.get("schema").asString()).isEqualTo("pollard.inspect/1");
      long sum =
          StreamSupport.stream(report.get("kinds").spliterator(), false)
              .mapToLong(JsonNode::asLong)
              .sum();
      assertThat(report.get("flash").asLong()).isEqualTo(sum);
      for (String by : List.of("crate", "function", "symbol", "line")) {
        JsonNode table = json(file, "--json", "--by", by);
        long rows =
            StreamSupport.stream(table.get("rows").spliterator(), false)
                .mapToLong(r -> r.get("bytes").asLong())
                .sum();
        assertThat(rows).as("%s by %s", file, by).isEqualTo(sum);
      }
      json(file, "--json", "--by", "state");
      json(file, "--json", "--by", "type");
    }
  }

  @Test
  void jsonHasWhatAMachineIs() throws IOException {
    JsonNode machine = json(program(), "--json", "--filter", "^machines::task$").get("machines");
    assertThat(machine).hasSize(1);
    JsonNode task = machine.get(0);
    assertThat(task.get("line").asInt()).isEqualTo(51);
    assertThat(task.get("futureSize").asLong()).isEqualTo(88);
    assertThat(task.get("ownBytes").asLong() + task.get("inlinedBytes").asLong())
        .isEqualTo(task.get("pollBytes").asLong())
        .isPositive();
    assertThat(task.get("stackFrame").asLong()).isPositive();
    assertThat(task.get("states").get(3).get("line").asInt()).isEqualTo(52);
    assertThat(task.get("states").get(3).get("held").get(0).get("name").asString())
        .isEqualTo("__awaitee");
  }

  @Test
  void tablesAreFilteredSortedAndCut() throws IOException {
    Path program = program();
    CommandRun all = inspect(program, "--by", "function", "-n", "0");
    assertThat(all.out()).contains("[total]").contains("100.0 %").doesNotContain("more]");
    CommandRun two = inspect(program, "--by", "FUNCTION", "-n", "2");
    assertThat(two.out().lines().filter(l -> l.contains(" %  "))).hasSize(4);
    assertThat(two.out()).containsPattern("\\[[0-9]+ more]");
    CommandRun leaf = inspect(program, "--by", "function", "--filter", "leaf");
    assertThat(leaf.out().lines().filter(l -> l.contains("machines::"))).hasSize(1);
    CommandRun names = inspect(program, "--by", "type", "--sort", "name", "-n", "0");
    List<String> rows =
        names.out().lines().skip(5).map(l -> l.replaceFirst("^ *[0-9,]+ +[0-9]+ +", "")).toList();
    assertThat(rows).hasSizeGreaterThan(5).isSorted();
    CommandRun states = inspect(program, "--by", "state", "-n", "1");
    assertThat(states.out()).contains("machines::task Suspend2 at /src/machines.rs:54");
  }

  @Test
  void theSchemaIsPrinted() {
    assertThat(inspect("--schema").out())
        .isEqualTo(InspectJson.schema())
        .contains("pollard.inspect/1");
  }

  @Test
  void whatIsWrongIsOneLineThatNamesTheFile() throws IOException {
    Path text = folder.resolve("main.rs");
    Files.writeString(text, "fn main() {}");
    Path cut = folder.resolve("cut.elf");
    byte[] whole = Files.readAllBytes(program());
    Files.write(cut, java.util.Arrays.copyOf(whole, whole.length / 2));
    Path empty = folder.resolve("empty");
    Files.write(empty, new byte[0]);
    for (Path file : List.of(text, cut, empty, folder, folder.resolve("none"))) {
      CommandRun result = inspect(file);
      assertThat(result.code()).isEqualTo(ExitCode.FAILED);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).startsWith("error: ").contains(file.toString());
      assertThat(result.err().lines()).hasSize(1);
    }
    assertThat(inspect().code()).isEqualTo(ExitCode.USAGE);
    assertThat(inspect(text, "--filter", "(").code()).isEqualTo(ExitCode.USAGE);
    assertThat(inspect(text, "--by", "moon").code()).isEqualTo(ExitCode.USAGE);
    assertThat(inspect(text, "-n", "-1").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void notesSayWhatIsMissing() throws IOException {
    Path stripped = folder.resolve("stripped.elf");
    LlvmTool.run("llvm-objcopy", "--strip-all", program(), stripped);
    assertThat(inspect(stripped).out())
        .contains("note: the file is stripped")
        .contains("debug = 2");
    assertThat(Inspection.of(stripped).machines()).isEmpty();
  }
}
