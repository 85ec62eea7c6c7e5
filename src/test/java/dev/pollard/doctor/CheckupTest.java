package dev.pollard.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pollard.report.table.Style;
import dev.pollard.toolchain.ToolchainException;
import dev.pollard.toolchain.ToolchainLocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The rustc at hand, put to all probes.
@Tag("slow")
final class CheckupTest {
  @TempDir private Path project = Path.of("");

  private Checkup checkup() throws IOException {
    return Checkup.of(
        System.getenv().getOrDefault("RUSTC", "rustc"),
        new ToolchainLocator(Optional.empty())::locate,
        Optional.of(project),
        Map.of());
  }

  private static Gap gap(Checkup checkup, String id) {
    return checkup.gaps().stream().filter(g -> g.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void everyProbeIsListed() throws IOException {
    var files = new ArrayList<String>();
    var folder = Path.of("src/main/resources/dev/pollard/doctor/probes");
    try (var probes = Files.newDirectoryStream(folder)) {
      probes.forEach(p -> files.add(p.getFileName().toString().replace(".rs", "")));
    }
    assertThat(Probes.all()).extracting(Probe::id).containsExactlyInAnyOrderElementsOf(files);
  }

  @Test
  void tellsWhatWorksAndWhatDoesNot() throws IOException {
    var checkup = checkup();
    assertThat(checkup.problem()).isEmpty();
    assertThat(checkup.backends()).contains("ARM", "RISCV", "WebAssembly");
    assertThat(checkup.targets()).contains(checkup.toolchain().orElseThrow().host());
    // Stable since 1.75 and 1.85, and never to be: the same for every rustc that Pollard knows.
    assertThat(gap(checkup, "async-fn-in-traits").state()).isEqualTo(Gap.State.WORKS);
    assertThat(gap(checkup, "async-closures").state()).isEqualTo(Gap.State.WORKS);
    assertThat(gap(checkup, "recursion").state()).isEqualTo(Gap.State.MISSING);
    assertThat(gap(checkup, "recursion").detail()).contains("E0733");
    assertThat(gap(checkup, "unpin-bounds").detail()).contains("E0277");
    assertThat(gap(checkup, "await-free").detail())
        .matches("an async block that never waits: \\d+ bytes");
    assertThat(gap(checkup, "option-of-a-future").detail()).matches("a future of \\d+ bytes.*");
    assertThat(checkup.gaps())
        .allSatisfy(g ->
            assertThat(
                    g.state() == Gap.State.WORKS
                        || !g.detail().isEmpty()
                        || g.id().endsWith("-flag"))
                .as(g.id())
                .isTrue());
  }

  @Test
  void aGateThatNoCompilerHasIsMissing() throws IOException {
    try (var runner = new ProbeRunner(Path.of("rustc"), "1.95.0")) {
      var code =
          "//# title: t\n//# feature: no_such_gate\n//# since: s\n//# instead: i\nfn f() { x }";
      var gap = runner.ask(Probe.parse("nothing", code));
      assertThat(gap.state()).isEqualTo(Gap.State.MISSING);
      assertThat(gap.detail()).startsWith("error");
      var gated =
          "//# title: t\n//# feature: never_type\n//# since: s\n//# instead: i\npub fn f(_: Vec<!>) {}";
      assertThat(runner.ask(Probe.parse("gated", gated)).state()).isEqualTo(Gap.State.GATED);
    }
  }

  @Test
  void namesTheLinesThatRunIntoAGap() throws IOException {
    Files.createDirectories(project.resolve("src"));
    Files.createDirectories(project.resolve("target/debug"));
    Files.writeString(
        project.resolve("src/lib.rs"),
        """
        // #[async_trait] in a comment
        const TEXT: &str = "#[async_trait]";
        #[async_trait::async_trait]
        impl Sensor for Bus {}
        impl Stream for Rows {
            fn poll_next(self: Pin<&mut Self>) {}
        }
        """);
    Files.writeString(project.resolve("target/debug/out.rs"), "#[async_trait] impl A for B {}");
    var checkup = checkup();
    assertThat(checkup.files()).isEqualTo(1);
    assertThat(gap(checkup, "dyn-async-traits").places())
        .extracting(Gap.Place::line)
        .containsExactly(3);
    assertThat(gap(checkup, "async-iterator").places())
        .extracting(Gap.Place::line)
        .containsExactly(5, 6);
    var text = DoctorText.render(checkup, Style.PLAIN, 1);
    assertThat(text)
        .contains("src/lib.rs:5  impl Stream for Rows {")
        .contains("and 1 more (-n 0 names all)")
        .doesNotContain("src/lib.rs:6");
    var json = JsonMapper.shared().readTree(DoctorJson.render(checkup));
    assertThat(json.path("schema").asString()).isEqualTo("pollard.doctor/1");
    assertThat(json.path("probes").size()).isEqualTo(checkup.gaps().size());
  }

  @Test
  void aToolchainThatPollardCannotUseIsProbedNevertheless() throws IOException {
    var checkup =
        Checkup.of(
            "rustc",
            rustc -> {
              throw new ToolchainException(rustc + " holds its LLVM inside itself");
            },
            Optional.empty(),
            Map.of());
    assertThat(checkup.problem()).hasValue("rustc holds its LLVM inside itself");
    assertThat(checkup.gaps()).isNotEmpty();
    assertThat(DoctorText.render(checkup, Style.PLAIN, 3))
        .contains("leaves every artifact stock: rustc holds its LLVM inside itself");
  }

  @Test
  void whatIsNoRustcIsAnError() {
    assertThatThrownBy(() ->
            Checkup.of(
                "false",
                r -> {
                  throw new ToolchainException(r);
                },
                Optional.empty(),
                Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("set RUSTC");
  }
}
