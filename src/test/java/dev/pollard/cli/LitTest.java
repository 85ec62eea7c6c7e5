package dev.pollard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.llvm.TestLlvm;
import dev.pollard.pass.LlvmPipeline;
import dev.pollard.pass.Pass;
import dev.pollard.pass.PassRegistry;
import dev.pollard.pass.PassRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/// Text goldens: `lit/<pass>/<case>.ll` says in its first line what runs, `<case>.expected` what
/// comes out. `-Dpollard.bless=true` rewrites what is expected.
class LitTest {
  private static final Path LIT = Path.of("src/test/resources/lit");
  private static final String RUN = "; RUN: opt ";

  @TempDir private Path folder;

  private record Outcome(String output, List<PassRunner.Result> results) {}

  static Stream<Path> cases() throws IOException {
    try (Stream<Path> files = Files.walk(LIT)) {
      return files.filter(f -> f.toString().endsWith(".ll")).sorted().toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void comesOutAsExpected(Path file) throws IOException {
    Outcome outcome = run(arguments(file), file);
    Path expected = expectation(file);
    if (Boolean.getBoolean("pollard.bless")) {
      Files.writeString(expected, outcome.output());
    }
    assertThat(outcome.output()).isEqualTo(Files.readString(expected));
    assertThat(outcome.results())
        .as("a pass counts what it changed, and nothing else")
        .allMatch(r ->
            outcome.results().size() > 1
                || PassRegistry.find(r.name()).orElseThrow() instanceof LlvmPipeline
                || r.count() > 0 == changes(file));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isStableUnderItsOwnPasses(Path file) throws IOException {
    Path again = folder.resolve("again.ll");
    Files.writeString(again, Files.readString(expectation(file)));
    Outcome outcome = run(arguments(file), again);
    assertThat(withoutPredecessors(outcome.output()))
        .as("a second run of %s finds nothing more", file)
        .isEqualTo(withoutPredecessors(Files.readString(expectation(file))));
  }

  /// Without the comments that list a block's predecessors: text that was read again lists them in
  /// another order.
  private static String withoutPredecessors(String ir) {
    return ir.replaceAll(" *; preds = .*", "");
  }

  @Test
  void everyPassHasGoldensThatChangeAndThatMustNot() throws IOException {
    for (Pass pass : PassRegistry.all()) {
      String name = pass.info().name();
      List<Path> own = cases().filter(f -> f.startsWith(LIT.resolve(name))).toList();
      assertThat(own.stream().map(LitTest::changes).collect(Collectors.toSet()))
          .as("%s needs goldens that change and goldens that must not", name)
          .containsExactlyInAnyOrder(true, false);
      assertThat(own)
          .as("the goldens of %s run it", name)
          .allMatch(f -> arguments(f).stream().anyMatch(a -> runs(a, name)));
    }
  }

  @Test
  void everyFolderOfGoldensBelongsToAPass() throws IOException {
    try (Stream<Path> folders = Files.list(LIT)) {
      assertThat(folders.map(f -> f.getFileName().toString()))
          .allMatch(n -> PassRegistry.find(n).isPresent());
    }
  }

  private static boolean runs(String argument, String pass) {
    return argument.startsWith("--passes=")
        && Arrays.asList(argument.substring("--passes=".length()).split(",", -1)).stream()
            .anyMatch(p -> p.equals(pass) || p.startsWith(pass + "("));
  }

  /// Whether what is expected differs from the input, printed the same way.
  private static boolean changes(Path file) {
    try {
      return !Files.readString(expectation(file)).equals(run(List.of(), file).output());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path expectation(Path file) {
    return file.resolveSibling(file.getFileName().toString().replaceFirst("\\.ll$", ".expected"));
  }

  private static List<String> arguments(Path file) {
    try {
      String first = Files.readAllLines(file).getFirst();
      assertThat(first).as(file.toString()).startsWith(RUN);
      return List.of(first.substring(RUN.length()).strip().split(" +", -1));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Outcome run(List<String> arguments, Path file) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    OptCommand command = new OptCommand();
    List<String> all = new ArrayList<>(arguments);
    all.add("--llvm=" + TestLlvm.library());
    all.add(file.toString());
    int code =
        new CommandLine(command)
            .setOut(new PrintWriter(output))
            .setErr(new PrintWriter(errors))
            .execute(all.toArray(String[]::new));
    assertThat(code).as(errors.toString()).isZero();
    String text =
        output
            .toString()
            .lines()
            .filter(l -> !l.startsWith("; ModuleID") && !l.startsWith("source_filename"))
            .collect(Collectors.joining("\n", "", "\n"));
    return new Outcome(text.stripLeading(), command.results());
  }
}
