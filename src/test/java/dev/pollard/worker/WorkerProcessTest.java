package dev.pollard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pollard.llvm.CodeGenLevel;
import dev.pollard.llvm.CodeGeneration;
import dev.pollard.llvm.Context;
import dev.pollard.llvm.Module;
import dev.pollard.llvm.TestLlvm;
import dev.pollard.pass.PassOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkerProcessTest {
  private static final WorkerLimits ENOUGH = new WorkerLimits(4L << 30, Duration.ofMinutes(2));
  private static final Job.Start START =
      new Job.Start(TestLlvm.library(), TestTarget.HOST, true, List.of());

  private static final String IR =
      """
      target triple = "x86_64-unknown-linux-gnu"
      define i32 @main() {
        call void @poll()
        ret i32 0
      }
      define void @poll() {
        call void @_ZN4core9panicking11panic_const28panic_const_async_fn_resumed17h0123456789abcdefE()
        ret void
      }
      declare void @_ZN4core9panicking11panic_const28panic_const_async_fn_resumed17h0123456789abcdefE()
      """;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    TestLlvm.start();
  }

  private Path bitcode() {
    var file = folder.resolve("whole.bc");
    try (Context context = new Context();
        Module module = context.parseText(IR, "test.ll")) {
      module.writeBitcode(file);
    }
    return file;
  }

  private Path truncated() throws IOException {
    byte[] whole = Files.readAllBytes(bitcode());
    return Files.write(folder.resolve("half.bc"), Arrays.copyOf(whole, whole.length / 2));
  }

  private Job.Compile compile(Path bitcode, String... passes) {
    return new Job.Compile(
        bitcode,
        false,
        List.of(passes),
        PassOptions.of(TestTarget.HOST.triple()),
        CodeGeneration.of(CodeGenLevel.DEFAULT),
        Optional.of(folder.resolve("out.o")),
        true,
        OptionalInt.of(passes.length),
        OptionalLong.empty());
  }

  @Test
  void aJobThatCannotBeDoneLeavesTheWorkerAlive() throws Exception {
    try (var worker = WorkerProcess.launch(ENOUGH)) {
      assertThat(worker.run(START)).isInstanceOf(Answer.Done.class);
      var half = truncated();
      assertThatThrownBy(() -> worker.run(compile(half)))
          .isInstanceOf(WorkerException.class)
          .message()
          .isNotEmpty()
          .hasLineCount(1)
          .doesNotContain("died");
      assertThatThrownBy(() -> worker.run(prepare(half))).isInstanceOf(WorkerException.class);
      assertThatThrownBy(() -> worker.run(compile(bitcode(), "no-such-pass")))
          .isInstanceOf(WorkerException.class)
          .hasMessageContaining("no-such-pass");
      assertThat(worker.isAlive()).isTrue();

      assertThat(folder.resolve("out.o")).doesNotExist();
      assertThat(worker.run(compile(bitcode(), "lto-z")))
          .isInstanceOfSatisfying(
              Answer.Done.class,
              done ->
                  assertThat(done.passes())
                      .extracting(dev.pollard.pass.PassRunner.Result::name)
                      .containsExactly("lto-z"));
      assertThat(folder.resolve("out.o")).isNotEmptyFile();
      assertThat(worker.run(prepare(bitcode())))
          .isInstanceOfSatisfying(
              Answer.Polls.class,
              polls -> assertThat(polls.found().polls()).containsExactly("poll"));
      assertThat(folder.resolve("plain.bc")).isNotEmptyFile();
    }
  }

  private Job.Prepare prepare(Path bitcode) {
    return new Job.Prepare(bitcode, folder.resolve("whole.bc"), folder.resolve("plain.bc"));
  }

  @Test
  void theTimeLimitEndsTheWorker() throws Exception {
    try (var worker =
        WorkerProcess.launch(new WorkerLimits(ENOUGH.memory(), Duration.ofMillis(1)))) {
      assertThatThrownBy(() -> worker.run(START))
          .isInstanceOf(WorkerException.class)
          .hasMessageContaining("time limit");
      assertEnds(worker);
    }
  }

  @Test
  void theMemoryLimitEndsTheWorker() throws Exception {
    try (var worker = WorkerProcess.launch(new WorkerLimits(1, ENOUGH.time()))) {
      assertThatThrownBy(() -> worker.run(START))
          .isInstanceOf(WorkerException.class)
          .hasMessageContaining("memory limit");
      assertEnds(worker);
    }
  }

  @Test
  void aWorkerThatDiedSaysHow() throws Exception {
    try (var worker = WorkerProcess.launch(ENOUGH)) {
      // A worker that was never started gives up.
      var file = bitcode();
      assertThatThrownBy(() -> worker.run(prepare(file)))
          .isInstanceOf(WorkerException.class)
          .hasMessageStartingWith("the worker died in start (exit code ")
          .hasMessageNotContaining("exit code 0")
          .hasMessageContaining("not started")
          .message()
          .hasLineCount(1);
      assertEnds(worker);
    }
  }

  /// As a mistake of LLVM's does.
  @Test
  void aCrashIsSaidAndLeavesNoFile() throws Exception {
    var before = files();
    var others = ProcessHandle.current().children().map(ProcessHandle::pid).toList();
    try (var worker = WorkerProcess.launch(ENOUGH)) {
      assertThat(worker.run(START)).isInstanceOf(Answer.Done.class);
      long pid =
          ProcessHandle.current()
              .children()
              .map(ProcessHandle::pid)
              .filter(p -> !others.contains(p))
              .findFirst()
              .orElseThrow();
      assertThat(new ProcessBuilder("kill", "-SEGV", Long.toString(pid)).start().waitFor())
          .isZero();
      var file = bitcode();
      assertThatThrownBy(() -> worker.run(compile(file)))
          .isInstanceOf(WorkerException.class)
          .hasMessageStartingWith("the worker died in ")
          .hasMessageContaining("SIGSEGV")
          .message()
          .hasLineCount(1);
      assertEnds(worker);
    }
    assertThat(files()).isEqualTo(before);
  }

  /// Where a JVM that crashes writes a report.
  private static List<Path> files() throws IOException {
    try (var files = Files.list(Path.of(""))) {
      return files.sorted().toList();
    }
  }

  private static void assertEnds(WorkerProcess worker) throws InterruptedException {
    for (int i = 0; i < 100 && worker.isAlive(); i++) {
      Thread.sleep(50);
    }
    assertThat(worker.isAlive()).isFalse();
  }
}
