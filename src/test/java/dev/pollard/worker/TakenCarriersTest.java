package dev.pollard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.llvm.TestLlvm;
import dev.pollard.toolchain.Processes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What other programs print is read although no thread is left that carries virtual ones. A read
/// of a pipe holds its carrier, and the JDK does not always bring another one: two workers on two
/// processors held them all, and a linker was waited for without an end.
final class TakenCarriersTest {
  @Test
  void aProgramsOutputIsRead() throws Exception {
    assertThat(child("echo")).isEqualTo("heard\n");
  }

  @Test
  void aWorkersAnswerIsRead() throws Exception {
    assertThat(child("worker", TestLlvm.library().toString())).isEqualTo("heard\n");
  }

  private static String child(String... arguments) throws Exception {
    var command =
        new ArrayList<String>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.virtualThreadScheduler.parallelism=1",
                "-Djdk.virtualThreadScheduler.maxPoolSize=1",
                "-cp",
                System.getProperty("java.class.path"),
                Taken.class.getName()));
    command.addAll(List.of(arguments));
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ended by itself").isTrue();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /// A program whose one carrier never comes free.
  static final class Taken {
    private Taken() {}

    public static void main(String[] arguments) throws Exception {
      var taken = new CountDownLatch(1);
      Thread.startVirtualThread(() -> {
        taken.countDown();
        while (true) {
          Thread.onSpinWait();
        }
      });
      taken.await();
      if (arguments[0].equals("echo")) {
        System.out.print(Processes.run(List.of("echo", "heard")).output());
        return;
      }
      try (var worker = WorkerProcess.launch(new WorkerLimits(4L << 30, Duration.ofMinutes(2)))) {
        var _ = worker.run(new Job.Warm(Path.of(arguments[1])));
        System.out.print("heard\n");
      }
    }
  }
}
