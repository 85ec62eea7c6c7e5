package dev.pollard.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PastBuildTest {
  @TempDir private Path target;
  private Path outDir = Path.of("");
  private Path report = Path.of("");

  @BeforeEach
  void makeTarget() throws IOException {
    Files.createFile(target.resolve(".rustc_info.json"));
    outDir = Files.createDirectories(target.resolve("release").resolve("deps"));
    Files.createDirectories(target.resolve("pollard"));
    report = TargetFolder.report(outDir, "app");
  }

  private Path file(String content) throws IOException {
    return Files.writeString(target.resolve("file"), content);
  }

  private PastBuild of(String program) throws IOException {
    return PastBuild.of(outDir, "app", Files.writeString(target.resolve("program"), program));
  }

  private void built(String program, String told) throws IOException {
    of(program).keepStock(file("stock of " + program));
    of(program).keepReport(Files.writeString(report, told));
  }

  @Test
  void theReportOfWhatLiesInItsPlaceAgainComesBack() throws IOException {
    built("one", "report of one");
    built("two", "report of two");
    of("one").recallReport(report);
    assertThat(report).hasContent("report of one");
    assertThat(of("one").stock().orElseThrow()).hasContent("stock of one");
    assertThat(of("two").stock().orElseThrow()).hasContent("stock of two");
  }

  @Test
  void ofWhatIsNotKnownNothingIsTold() throws IOException {
    built("one", "report of one");
    of("another").recallReport(report);
    assertThat(report).hasContent("report of one");
    assertThat(of("another").stock()).isEmpty();
  }

  @Test
  void aReportThatWasTakenAwayComesBack() throws IOException {
    built("one", "report of one");
    Files.delete(report);
    of("one").recallReport(report);
    assertThat(report).hasContent("report of one");
  }

  @Test
  void theLastFewOfANameAreKept() throws IOException {
    PastBuild.of(outDir, "app-two", file("other")).keepReport(Files.writeString(report, "other"));
    for (int i = 0; i < 6; i++) {
      built("program " + i, "report");
      Path folder = of("program " + i).stock().orElseThrow().getParent();
      Files.setLastModifiedTime(folder, java.nio.file.attribute.FileTime.fromMillis(1000L * i));
    }
    built("last", "report");
    assertThat(of("last").stock()).isPresent();
    assertThat(of("program 5").stock()).isPresent();
    assertThat(of("program 1").stock()).isEmpty();
    try (var folders = Files.list(target.resolve("pollard/builds"))) {
      assertThat(folders).hasSize(5);
    }
  }

  @Test
  void whatStandsInItsPlaceIsCopied() throws IOException {
    Path stock = file("stock");
    of("one").keepCopyOfStock(stock);
    assertThat(of("one").stock().orElseThrow()).hasContent("stock");
    assertThat(stock).hasContent("stock");
  }

  @Test
  void withoutStockThereIsNone() throws IOException {
    built("one", "report of one");
    of("one").keepStock(target.resolve("not-there"));
    assertThat(of("one").stock()).isEmpty();
  }

  @Test
  void whereItCannotBeKeptTheBuildGoesOn() throws IOException {
    Files.createFile(target.resolve("pollard/builds"));
    built("one", "report of one");
    assertThat(of("one").stock()).isEmpty();
    assertThat(report).hasContent("report of one");
  }
}
