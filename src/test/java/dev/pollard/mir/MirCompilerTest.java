package dev.pollard.mir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pollard.mir.MirReport.TwinCrate;
import dev.pollard.report.table.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// MIR of the rustc at hand.
@Tag("slow")
final class MirCompilerTest {
  @TempDir private Path folder = Path.of("");

  private static final String ARTICLE =
      """
      pub async fn foo(input: u32) -> u32 { input + 5 }
      pub async fn bar(input: u32) -> u32 { foo(input).await + foo(input * 2).await }
      pub struct Bus;
      impl Bus {
          pub async fn read(&mut self) -> u32 { foo(1).await }
      }
      pub fn plain(input: u32) -> u32 { input }
      """;

  private MirCompiler ofText(String text) throws IOException {
    Path file = folder.resolve("it.rs");
    Files.writeString(file, text);
    return MirCompiler.ofFile("rustc", file, "2024", List.of("-Copt-level=0"));
  }

  private static MirReport report(MirCompiler compiler, String name, TwinCrate twins)
      throws IOException {
    return MirReport.of(
        name,
        compiler.version(),
        compiler.flags(),
        compiler.functions(List.of()),
        compiler.aroundTransform("before"),
        compiler.aroundTransform("after"),
        twins);
  }

  @Test
  void showsTheArticlesCase() throws IOException {
    try (var compiler = ofText(ARTICLE)) {
      var functions = compiler.functions(List.of());
      var names = MirReport.asyncFunctions(functions);
      assertThat(names).hasSize(3).contains("foo", "bar").noneMatch(n -> n.equals("plain"));
      assertThat(MirReport.matching(names, "read")).hasSize(1).allMatch(n -> n.endsWith("::read"));
      var report =
          report(
              compiler,
              "bar",
              new TwinCrate(compiler.twin(List.of()), Optional.empty(), Optional.empty()));
      var poll = report.poll();
      var twin = report.twin().orElseThrow();
      assertThat(poll.function().lineCount()).isGreaterThan(5 * twin.function().lineCount());
      assertThat(poll.states())
          .extracting(Anatomy.State::name)
          .containsExactly("Unresumed", "Returned", "Panicked", "Suspend0", "Suspend1");
      assertThat(poll.states().get(3).awaits().orElse("")).contains("foo");
      assertThat(poll.states().get(3).next()).contains(1, 3, 4);
      assertThat(poll.states().get(1).next()).isEmpty();
      assertThat(poll.lines(Purpose.RESUMED)).isEqualTo(2);
      assertThat(twin.states()).isEmpty();
      assertThat(twin.lines(Purpose.AWAITS)).isZero();
      int counted = poll.lines().values().stream().mapToInt(Integer::intValue).sum();
      // All that is left are the lines that open and close the body and its blocks.
      assertThat(poll.function().lineCount() - counted)
          .isEqualTo(2 + 2 * poll.function().blocks().size());
      assertThat(report.before()).isPresent();
      assertThat(report.before().orElseThrow().text()).contains("yields ()", "yield(");
      assertThat(report.after()).isPresent();
      assertThat(MirText.render(report, Style.PLAIN, true))
          .contains("lines of MIR", "Suspend1", "as LLVM gets it", "resumed panics");
      var json = JsonMapper.shared().readTree(MirJson.render(report));
      assertThat(json.path("schema").asString()).isEqualTo("pollard.mir/1");
      assertThat(json.path("poll").path("states").size()).isEqualTo(5);
    }
  }

  @Test
  void aMethodHasItsTwinToo() throws IOException {
    try (var compiler = ofText(ARTICLE)) {
      var name =
          MirReport.matching(MirReport.asyncFunctions(compiler.functions(List.of())), "read");
      var report =
          report(
              compiler,
              name.getFirst(),
              new TwinCrate(compiler.twin(List.of()), Optional.empty(), Optional.empty()));
      assertThat(report.twin()).isPresent();
    }
  }

  @Test
  void aTwinThatDoesNotCompileSaysWhy() throws IOException {
    try (var compiler =
        ofText("pub async fn f(x: impl core::future::Future<Output = u8>) -> u8 { x.await }")) {
      assertThatThrownBy(() -> compiler.twin(List.of()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("E0308");
    }
  }

  @Test
  void theUserMayNameTheTwin() throws IOException {
    try (var compiler = ofText(ARTICLE)) {
      var report =
          report(compiler, "foo", new TwinCrate(List.of(), Optional.of("plain"), Optional.empty()));
      assertThat(report.twin().orElseThrow().function().name()).isEqualTo("plain");
    }
  }

  @Test
  void whatDoesNotCompileSaysWhere() throws IOException {
    try (var compiler = ofText("pub async fn f() { nothing }")) {
      assertThatThrownBy(() -> compiler.functions(List.of()))
          .hasMessageContaining("error[E0425]")
          .hasMessageContaining("it.rs:1");
    }
  }

  @Test
  void aPackageIsAskedThroughCargo() throws IOException {
    Files.createDirectories(folder.resolve("src"));
    Files.writeString(
        folder.resolve("Cargo.toml"),
        "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
    Files.writeString(folder.resolve("src/lib.rs"), "pub mod bus;\n");
    Files.writeString(folder.resolve("src/bus.rs"), ARTICLE);
    var words =
        List.of("--lib", "--release", "--manifest-path", folder.resolve("Cargo.toml").toString());
    for (int run = 0; run < 2; run++) {
      // The second time cargo has nothing to do.
      try (var compiler = MirCompiler.ofPackage("cargo", words, folder.resolve("cache"))) {
        var names = MirReport.asyncFunctions(compiler.functions(List.of()));
        // rustc leaves out the path of what has but one.
        assertThat(names).contains("bar");
        assertThat(MirReport.matching(names, "bus::bar")).containsExactly("bar");
        var report =
            report(
                compiler,
                "bar",
                new TwinCrate(compiler.twin(List.of()), Optional.empty(), Optional.empty()));
        assertThat(report.twin()).isPresent();
        assertThat(report.flags()).startsWith("opt-level 3");
      }
    }
  }
}
