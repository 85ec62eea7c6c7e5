package dev.pollard.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.toolchain.Processes;
import dev.pollard.toolchain.ToolchainLocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Captures real rustc calls: the toolchain on `PATH`, the host, a program of one file.
@Tag("slow")
final class CapturerTest {
  @TempDir private Path scratch = Path.of("");

  private RustcCall call(String... more) throws IOException {
    var source = scratch.resolve("app.rs");
    Files.writeString(
        source,
        """
        async fn twice(x: u32) -> u32 { std::future::ready(x).await * 2 }
        fn main() { let f = twice(std::env::args().count() as u32); println!("{}", size_of_val(&f)); }
        """);
    var arguments =
        new ArrayList<>(
            List.of(
                "--crate-name",
                "app",
                "--edition=2021",
                source.toString(),
                "--crate-type",
                "bin",
                "--emit=dep-info,link",
                "-C",
                "opt-level=z",
                "-C",
                "lto=fat",
                "-C",
                "codegen-units=1",
                "-C",
                "extra-filename=-0123",
                "--out-dir",
                scratch.resolve("out").toString()));
    arguments.addAll(List.of(more));
    Files.createDirectories(scratch.resolve("out"));
    Files.createDirectories(scratch.resolve("private"));
    return new RustcCall(
        List.of("rustc"),
        RustcArguments.parse(arguments, scratch),
        scratch,
        Map.of("CARGO_BIN_NAME", "an-app"));
  }

  private Capture capture(RustcCall call) throws IOException {
    var result =
        new Capturer(new ToolchainLocator(Optional.empty()), new CaptureListener() {})
            .capture(call, scratch.resolve("private"));
    assertThat(result).isInstanceOf(Capturer.Result.Captured.class);
    return ((Capturer.Result.Captured) result).capture();
  }

  @Test
  void relinkingTheStockObjectGivesTheStockArtifact() throws IOException {
    var capture = capture(call());
    var again = scratch.resolve("private/again");
    var linked =
        Linker.run(
            capture
                .link()
                .with(capture.stockObject(), capture.stockObject(), capture.stockArtifact(), again),
            scratch);
    assertThat(linked.errors()).isEmpty();
    assertThat(linked.exitCode()).isZero();
    assertThat(again).hasSameBinaryContentAs(capture.stockArtifact());
    assertThat(capture.name()).isEqualTo("an-app");
    assertThat(Files.size(capture.bitcode())).isPositive();
    assertThat(capture.toolchain().libLlvm()).isRegularFile();
    assertThat(capture.target().triple()).isNotEmpty();
  }

  @Test
  void thePrivateFolderDoesNotShowInTheArtifact() throws IOException {
    var call = call();
    var capture = capture(call);
    var command = new ArrayList<>(call.compiler());
    command.addAll(call.arguments().raw());
    assertThat(Processes.run(command).exitCode()).isZero();
    assertThat(capture.stockArtifact()).hasSameBinaryContentAs(scratch.resolve("out/app-0123"));
  }

  @Test
  void aProgramThatDoesNotCompileFailsAsRustcFails() throws IOException {
    var call = call();
    Files.writeString(scratch.resolve("app.rs"), "fn main() { let x: u32 = \"\"; }");
    var result =
        new Capturer(new ToolchainLocator(Optional.empty()), new CaptureListener() {})
            .capture(call, scratch.resolve("private"));
    assertThat(result).isEqualTo(new Capturer.Result.Failed(1));
  }
}
