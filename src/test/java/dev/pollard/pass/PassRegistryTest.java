package dev.pollard.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PassRegistryTest {
  private static final Path PAGES = Path.of("docs/passes");

  @Test
  void namesAreUniqueAndSorted() {
    List<String> names = PassRegistry.all().stream().map(p -> p.info().name()).toList();
    assertThat(names).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void everyPassHasAPageThatArguesItsSoundness() throws IOException {
    for (Pass pass : PassRegistry.all()) {
      Path page = PAGES.resolve(pass.info().name() + ".md");
      assertThat(page).exists();
      assertThat(Files.readString(page))
          .startsWith("# " + pass.info().name() + "\n")
          .contains("## Soundness");
    }
  }

  @Test
  void everyPageBelongsToAPass() throws IOException {
    try (Stream<Path> pages = Files.list(PAGES)) {
      assertThat(pages.map(p -> p.getFileName().toString().replaceFirst("\\.md$", "")))
          .allMatch(n -> PassRegistry.find(n).isPresent());
    }
  }

  @Test
  void listsAreParsedAtTheirOwnCommas() {
    assertThat(PassRegistry.parse("llvm(function(gvn,dce),globaldce),lto-z"))
        .hasSize(2)
        .first()
        .isEqualTo(
            PassRegistry.llvm(
                "llvm",
                "function(gvn,dce),globaldce",
                "LLVM's own passes",
                dev.pollard.llvm.RunOptions.SIZE));
    assertThat(PassRegistry.parse("")).isEmpty();
    assertThatThrownBy(() -> PassRegistry.parse("no-such"))
        .hasMessageContaining("there is no pass no-such");
  }
}
