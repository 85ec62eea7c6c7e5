package dev.pollard.report.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.pollard.report.BuildReport;
import dev.pollard.report.Reports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildReportJsonTest {
  private static JsonSchema schema() {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(BuildReportJson.schema());
  }

  @Test
  void keepsToThePublishedSchema() {
    for (BuildReport report : List.of(Reports.firmware(), Reports.fallback())) {
      assertThat(schema().validate(BuildReportJson.write(report), InputFormat.JSON)).isEmpty();
    }
  }

  @Test
  void theSchemaRefusesAMissingAndAnUnknownField() {
    String text = BuildReportJson.write(Reports.firmware());
    assertThat(schema().validate(text.replace("\"ram\"", "\"rom\""), InputFormat.JSON)).hasSize(4);
  }

  @Test
  void namesFieldsAsDesigned() {
    assertThat(BuildReportJson.write(Reports.firmware()))
        .contains("\"schema\" : \"pollard.build/1\"")
        .contains("\"effort\" : \"default\"")
        .contains("\"largestPollFrame\" : 5784")
        .contains("\"fallback\" : null")
        .contains("\"tune\" : 9.4")
        .containsPattern("\"count\" : 3,\\s+\"flashSaved\" : 0,\\s+\"stackSaved\" : 0")
        .containsPattern("\"count\" : 9,\\s+\"flashSaved\" : null,\\s+\"stackSaved\" : null");
  }

  @Test
  void readsBackWhatItWrote(@TempDir Path folder) throws IOException {
    for (BuildReport report : List.of(Reports.firmware(), Reports.fallback())) {
      Path file = folder.resolve("target/pollard/a.json");
      BuildReportJson.write(report, file);
      assertThat(BuildReportJson.read(file)).isEqualTo(report);
      try (var list = Files.list(file.getParent())) {
        assertThat(list).containsExactly(file);
      }
    }
  }

  @Test
  void whatIsNoReportIsAnErrorThatNamesTheFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.json");
    String whole = BuildReportJson.write(Reports.firmware());
    for (String text :
        List.of("", "[]", "{}", whole.substring(0, 300), whole.replace("build/1", "build/2"))) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> BuildReportJson.read(file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("a.json");
    }
  }
}
