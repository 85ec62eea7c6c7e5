package dev.pollard.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pollard.llvm.Builder;
import dev.pollard.llvm.Context;
import dev.pollard.llvm.Function;
import dev.pollard.llvm.Module;
import dev.pollard.llvm.TestLlvm;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassRunnerTest {
  private static final String IR =
      """
      define void @one() { ret void }
      define void @two() { ret void }
      define void @three() optnone noinline { ret void }
      """;

  /// Puts a trap before each return.
  private record Trapping(PassInfo info) implements FunctionPass {
    @Override
    public long run(Function function, PassContext context) {
      if (!context.mayChange(function)) {
        return 0;
      }
      try (Builder builder = new Builder(function.module())) {
        builder
            .before(function.entry().terminator())
            .call(function.module().intrinsics().declare("llvm.trap"), List.of());
      }
      return 1;
    }
  }

  /// Leaves a block without a terminator.
  private record Breaking(PassInfo info) implements ModulePass {
    @Override
    public long run(Module module, PassContext context) {
      module.functions().iterator().next().entry().terminator().erase();
      return 1;
    }
  }

  private static final Pass TRAPPING = new Trapping(info("trapping"));
  private static final Pass BREAKING = new Breaking(info("breaking"));

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    TestLlvm.start();
  }

  private static PassInfo info(String name) {
    return new PassInfo(name, "a test's", PassInfo.Level.DEFAULT, Set.of());
  }

  private static String run(List<Pass> passes, RunnerOptions options, KeepList keep) {
    try (Context context = new Context();
        Module module = context.parseText(IR, "test.ll")) {
      new PassRunner(PassOptions.of("").with(keep), options, Optional.empty()).run(module, passes);
      return module.print();
    }
  }

  @Test
  void functionsThatMustStayAreNotTouched() {
    assertThat(run(List.of(TRAPPING), RunnerOptions.quiet(), KeepList.NOTHING))
        .containsPattern("@one\\(\\) \\{\n  call void @llvm.trap")
        .containsPattern("@two\\(\\) \\{\n  call void @llvm.trap")
        .containsPattern("@three\\(\\) #\\d+ \\{\n  ret void");
    assertThat(
            run(
                List.of(TRAPPING),
                RunnerOptions.quiet(),
                new KeepList(List.of(Pattern.compile("^t")))))
        .containsPattern("@one\\(\\) \\{\n  call void @llvm.trap")
        .containsPattern("@two\\(\\) \\{\n  ret void");
  }

  @Test
  void bisectionStopsAfterSoManyChanges() {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    List<String> changes = new ArrayList<>();
    RunnerOptions options =
        new RunnerOptions(
            RunnerOptions.Verify.EACH,
            Set.of(),
            false,
            true,
            new ChangeLimit(1, (change, made) -> changes.add(change + " " + made)),
            Set.of(),
            Optional.empty(),
            new PrintStream(output, true, StandardCharsets.UTF_8));
    assertThat(run(List.of(TRAPPING), options, KeepList.NOTHING))
        .containsPattern("@one\\(\\) \\{\n  call void @llvm.trap")
        .containsPattern("@two\\(\\) \\{\n  ret void");
    assertThat(output.toString(StandardCharsets.UTF_8)).containsPattern("s +1  trapping");
    assertThat(changes).containsExactly("(1) trapping on one true", "(2) trapping on two false");
  }

  @Test
  void rustcsLtoIsNoChangeThatCouldBeLeftOut() {
    List<String> changes = new ArrayList<>();
    RunnerOptions options =
        RunnerOptions.quiet()
            .withChanges(new ChangeLimit(0, (change, made) -> changes.add(change + " " + made)));
    List<Pass> passes = PassRegistry.parse("inline-threshold(70),lto-z,round-z");
    assertThat(run(passes, options, KeepList.NOTHING)).doesNotContain("function-inline-threshold");
    assertThat(changes)
        .containsExactly(
            "(1) inline-threshold on one false",
            "(2) inline-threshold on two false",
            "(3) round-z on the module false");
  }

  /// Two copies in one function: a limit parts them.
  @Test
  void eachCopyIsAChangeOfItsOwn() {
    String ir =
        """
        define void @f(ptr %out, ptr %captured) {
          %first = alloca [256 x i8], align 8
          %second = alloca [512 x i8], align 8
          store ptr %captured, ptr %first, align 8
          store ptr %captured, ptr %second, align 8
          call void @llvm.memcpy.p0.p0.i64(ptr align 8 %out, ptr align 8 %first, i64 256, i1 false)
          call void @llvm.memcpy.p0.p0.i64(ptr align 8 %out, ptr align 8 %second, i64 512, i1 false)
          ret void
        }
        declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
        """;
    List<String> changes = new ArrayList<>();
    try (Context context = new Context();
        Module module = context.parseText(ir, "test.ll")) {
      RunnerOptions options =
          RunnerOptions.quiet()
              .withChanges(new ChangeLimit(1, (change, made) -> changes.add(change + " " + made)));
      new PassRunner(PassOptions.of(""), options, Optional.empty())
          .run(module, PassRegistry.parse("future-moves"));
      assertThat(changes)
          .startsWith(
              "(1) future-moves on f: a copy of 256 bytes true",
              "(2) future-moves on f: a copy of 512 bytes false");
      assertThat(module.print()).doesNotContain("i64 256").contains("i64 512");
    }
  }

  @Test
  void theBreakingPassIsNamedAndTheModuleBeforeItIsKept() throws Exception {
    RunnerOptions options = RunnerOptions.quiet().withRepro(folder);
    assertThatThrownBy(() -> run(List.of(TRAPPING, BREAKING, TRAPPING), options, KeepList.NOTHING))
        .isInstanceOf(PassException.class)
        .hasMessageStartingWith("breaking: LLVM's verifier complains");
    assertThat(Files.readString(folder.resolve("command.txt"))).contains("--passes=breaking");
    try (Context context = new Context();
        Module module = context.parse(folder.resolve("before.bc"))) {
      assertThat(module.verify()).isEmpty();
      assertThat(module.print()).contains("llvm.trap");
    }
  }

  @Test
  void whatIsBrokenNeverComesToLlvm() {
    RunnerOptions options = RunnerOptions.quiet().withVerify(RunnerOptions.Verify.BETWEEN);
    Pass round = PassRegistry.find("round-z").orElseThrow();
    List<String> ran = new ArrayList<>();
    try (Context context = new Context();
        Module module = context.parseText(IR, "test.ll")) {
      var runner = new PassRunner(PassOptions.of(""), options, Optional.empty());
      assertThatThrownBy(() -> runner.run(module, List.of(TRAPPING, BREAKING, round), ran::add))
          .isInstanceOf(PassException.class)
          .hasMessageStartingWith("trapping, breaking: LLVM's verifier complains");
    }
    assertThat(ran).endsWith("round-z");
  }

  @Test
  void whatIsBrokenAtTheEndIsSeen() {
    RunnerOptions options = RunnerOptions.quiet().withVerify(RunnerOptions.Verify.BETWEEN);
    assertThatThrownBy(() -> run(List.of(BREAKING), options, KeepList.NOTHING))
        .hasMessageStartingWith("breaking: LLVM's verifier complains");
  }

  @Test
  void aPassCanBeSwitchedOff() {
    RunnerOptions options = RunnerOptions.quiet().withDisabled(Set.of("trapping"));
    assertThat(run(List.of(TRAPPING), options, KeepList.NOTHING)).doesNotContain("llvm.trap");
  }
}
