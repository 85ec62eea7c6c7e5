package dev.pollard.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.pollard.inspect.Inspection;
import dev.pollard.inspect.Piece.Kind;
import dev.pollard.inspect.Share;
import dev.pollard.report.json.InspectJson;
import dev.pollard.testing.DebugProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class InspectPageTest {
  private static final Pattern DATA =
      Pattern.compile(
          "<script type=\"application/json\" id=\"(\\w+)\">(.*?)</script>", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void itsDataKeepsToTheSchemaAndAddsUp() throws IOException {
    Inspection thumb = Inspection.of(DebugProgram.build(folder, "thumbv7em-none-eabi", 4));
    Inspection wasm = Inspection.of(DebugProgram.build(folder, "wasm32-unknown-unknown", 5));
    Matcher data = DATA.matcher(InspectPage.write(thumb, Optional.of(wasm)));
    for (Inspection inspection : new Inspection[] {thumb, wasm}) {
      assertThat(data.find()).isTrue();
      String json = data.group(2);
      assertThat(
              JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                  .getSchema(InspectJson.schema())
                  .validate(json, InputFormat.JSON))
          .isEmpty();
      long sum = 0;
      for (var share : JsonMapper.builder().build().readTree(json).get("shares")) {
        sum += share.get("bytes").asLong();
      }
      assertThat(sum).isEqualTo(inspection.sizes().flash());
    }
    assertThat(data.find()).isFalse();
  }

  @Test
  void textsOfTheFileStayTexts() throws IOException {
    Path program = DebugProgram.build(folder, "thumbv7em-none-eabi", 4);
    Path evil = folder.resolve("<b>&\"@data@");
    Files.copy(program, evil);
    String page = InspectPage.write(Inspection.of(evil), Optional.empty());
    assertThat(page).contains("<title>&lt;b&gt;&amp;&quot;@data@ – Pollard</title>");
    assertThat(page).doesNotContain("<b>&");
    String json = InspectPage.inScript("{\"a\":\"</script><!--&\"}");
    assertThat(json).doesNotContain("<", ">", "&");
    assertThat(JsonMapper.builder().build().readTree(json).get("a").asString())
        .isEqualTo("</script><!--&");
  }

  @Test
  void itsPolicyAllowsItsOwnScriptAndStyleAlone() throws Exception {
    Path program = DebugProgram.build(folder, "thumbv7em-none-eabi", 4);
    String page = InspectPage.write(Inspection.of(program), Optional.empty());
    assertThat(page).contains("default-src 'none'");
    for (String element : new String[] {"script", "style"}) {
      Matcher content =
          Pattern.compile("<%1$s>(.*?)</%1$s>".formatted(element), Pattern.DOTALL).matcher(page);
      assertThat(content.find()).isTrue();
      String hash =
          Base64.getEncoder()
              .encodeToString(
                  MessageDigest.getInstance("SHA-256")
                      .digest(content.group(1).getBytes(StandardCharsets.UTF_8)));
      assertThat(page).contains(element + "-src 'sha256-" + hash + "'");
    }
    assertThat(page).contains("Permission to use, copy, modify");
    assertThat(page.replaceAll("http://www\\.w3\\.org/\\S*|https?://d3js\\.org\\S*", ""))
        .doesNotContain("src=\"http", "href=\"http", "url(http", "url(//", "@import");
  }

  @Test
  void smallSharesAreOneForACrateAndAPart() {
    var shares = new ArrayList<Share>();
    for (int i = 0; i < InspectPage.MOST_SHARES + 300; i++) {
      boolean async = i % 3 == 0;
      shares.add(
          new Share(
              Kind.CODE,
              "crate" + i % 2,
              "f" + i,
              async ? "m" : "",
              async ? Share.Part.INLINED : Share.Part.NONE,
              10_000 - i));
    }
    var kept = InspectPage.summedUp(shares);
    assertThat(kept).hasSize(InspectPage.MOST_SHARES + 4);
    assertThat(kept.stream().mapToLong(Share::bytes).sum())
        .isEqualTo(shares.stream().mapToLong(Share::bytes).sum());
    assertThat(kept.getLast().function()).endsWith(" smaller]");
  }
}
