package dev.pollard.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptStockTest {
  @TempDir private Path target;
  private Path outDir = Path.of("");

  @BeforeEach
  void makeTarget() throws IOException {
    Files.createFile(target.resolve(".rustc_info.json"));
    outDir = Files.createDirectories(target.resolve("release").resolve("deps"));
  }

  private Path stock(String content) throws IOException {
    return Files.writeString(target.resolve("stock.elf"), content);
  }

  @Test
  void takesThePlaceOfThatOfAnEarlierBuild() throws IOException {
    KeptStock.keep(stock("one"), outDir, "app");
    KeptStock.keep(stock("two"), outDir, "app");
    Path kept = KeptStock.of(target.resolve("release"), "app").orElseThrow();
    assertThat(kept).isEqualTo(target.resolve("pollard/stock/app")).hasContent("two");
    assertThat(target.resolve("stock.elf")).doesNotExist();
  }

  @Test
  void whatStandsInItsPlaceIsCopied() throws IOException {
    Files.createDirectories(target.resolve("pollard"));
    KeptStock.keepCopy(stock("one"), outDir, "app");
    assertThat(KeptStock.of(outDir, "app").orElseThrow()).hasContent("one");
    assertThat(target.resolve("stock.elf")).hasContent("one");
    try (var left = Files.list(target.resolve("pollard"))) {
      assertThat(left).containsExactly(target.resolve("pollard/stock"));
    }
  }

  @Test
  void nothingOfAnEarlierBuildIsTakenForThisOne() throws IOException {
    KeptStock.keep(stock("one"), outDir, "app");
    KeptStock.keep(target.resolve("not-there"), outDir, "app");
    assertThat(KeptStock.of(outDir, "app")).isEmpty();
  }

  @Test
  void whereItCannotBeKeptTheBuildGoesOn() throws IOException {
    Files.createDirectories(target.resolve("pollard"));
    Files.createFile(target.resolve("pollard/stock"));
    KeptStock.keep(stock("one"), outDir, "app");
    assertThat(KeptStock.of(outDir, "app")).isEmpty();
  }
}
