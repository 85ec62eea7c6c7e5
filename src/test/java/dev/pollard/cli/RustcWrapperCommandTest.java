package dev.pollard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.capture.Capture;
import dev.pollard.prune.PruneOutcome;
import dev.pollard.prune.PruneSession;
import dev.pollard.prune.Pruner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The wrapper around a real rustc, with a pruner that breaks.
@Tag("slow")
final class RustcWrapperCommandTest {
  @TempDir private Path project = Path.of("");

  private static final Pruner AT_ONCE =
      (_, _, _, _) -> {
        throw new IllegalStateException("broken at once");
      };

  private static final Pruner LATE =
      (_, _, _, _) ->
          new PruneSession() {
            @Override
            public PruneOutcome finish(Capture capture) {
              throw new StackOverflowError("broken late");
            }

            @Override
            public void close() {}
          };

  private int run(Pruner pruner, Map<String, String> more) throws IOException {
    var source = Files.writeString(project.resolve("app.rs"), "fn main() { println!(\"works\"); }");
    var out = Files.createDirectories(project.resolve("target/release/deps"));
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("CARGO_MANIFEST_DIR", project.toString());
    environment.putAll(more);
    return new RustcWrapperCommand(pruner)
        .run(
            List.of(
                "rustc",
                "--crate-name=app",
                "--edition=2021",
                source.toString(),
                "--crate-type=bin",
                "--emit=dep-info,link",
                "-Copt-level=z",
                "-Clto=fat",
                "-Ccodegen-units=1",
                "-Cextra-filename=-0123",
                "--out-dir=" + out),
            environment);
  }

  private String says() throws IOException, InterruptedException {
    var program = new ProcessBuilder(project.resolve("target/release/deps/app-0123").toString());
    var process = program.start();
    var text =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }

  @Test
  void anErrorOfPollardsOwnLeavesWhatRustcMakes() throws IOException, InterruptedException {
    for (Pruner broken : List.of(AT_ONCE, LATE)) {
      assertThat(run(broken, Map.of())).isZero();
      assertThat(says()).isEqualTo("works\n");
      try (var left = Files.list(project.resolve("target/pollard/work"))) {
        assertThat(left).isEmpty();
      }
      Files.delete(project.resolve("target/release/deps/app-0123"));
    }
  }

  @Test
  void whereStockIsNotAllowedItIsAnError() throws IOException {
    assertThat(run(AT_ONCE, Map.of("POLLARD_DENY_FALLBACK", "true"))).isNotZero();
  }
}
