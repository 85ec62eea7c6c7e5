package dev.pollard.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.capture.RustcArguments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DepInfoFileTest {
  private static final String TEXT =
      """
      # a comment: with a colon
      /t/app.d: src/main.rs src/lib.rs

      /t/app: src/main.rs src/lib.rs

      src/main.rs:
      """;

  @TempDir private Path folder;

  @Test
  void filesGoIntoTheFirstRuleAndVariablesToTheEnd() {
    var variables = new LinkedHashMap<String, Optional<String>>();
    variables.put("UNSET", Optional.empty());
    variables.put("SET", Optional.of("a\\b\nc"));
    assertThat(
            DepInfoFile.added(
                TEXT, List.of(Path.of("/w/Cargo.toml"), Path.of("/my w/Cargo.toml")), variables))
        .isEqualTo(
            """
            # a comment: with a colon
            /t/app.d: src/main.rs src/lib.rs /w/Cargo.toml /my\\ w/Cargo.toml

            /t/app: src/main.rs src/lib.rs

            src/main.rs:

            /w/Cargo.toml:

            /my\\ w/Cargo.toml:
            # env-dep:UNSET
            # env-dep:SET=a\\\\b\\nc
            """);
  }

  @Test
  void withoutAdditionsTheTextStays() {
    assertThat(DepInfoFile.added(TEXT, List.of(), Map.of())).isEqualTo(TEXT);
  }

  @Test
  void theFileOfTheCallIsChanged() throws Exception {
    var file = Files.writeString(folder.resolve("app-0a1b.d"), TEXT);
    add("--emit=dep-info,link");
    assertThat(Files.readString(file)).contains("# env-dep:NAME=1\n");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aCallWithoutDepInfoIsLeftAlone() throws Exception {
    var file = Files.writeString(folder.resolve("app-0a1b.d"), TEXT);
    add("--emit=link");
    assertThat(Files.readString(file)).isEqualTo(TEXT);
    Files.delete(file);
    add("--emit=dep-info,link");
    assertThat(folder).isEmptyDirectory();
  }

  private void add(String emit) throws Exception {
    var call =
        RustcArguments.parse(
            List.of("--crate-name", "app", emit, "-Cextra-filename=-0a1b", "--out-dir=" + folder),
            folder);
    DepInfoFile.add(call, List.of(), Map.of("NAME", Optional.of("1")));
  }
}
