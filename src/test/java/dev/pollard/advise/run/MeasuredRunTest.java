package dev.pollard.advise.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Runs of small programs that every Linux has.
@EnabledOnOs(OS.LINUX)
final class MeasuredRunTest {
  private static RunRequest request(RunRequest.Load load, long seconds, String... command) {
    return new RunRequest(List.of(command), Path.of("/bin/sh"), load, Duration.ofSeconds(seconds));
  }

  @Test
  void aProgramThatSleepsWaits() throws IOException {
    var run = MeasuredRun.of(request(new RunRequest.None(), 20, "sleep", "0.4"));
    assertThat(run.end()).isEqualTo("ended by itself");
    assertThat(run.whole().seconds()).isBetween(0.2, 10.0);
    assertThat(run.whole().cpu()).isLessThan(0.2);
    assertThat(run.longStretches()).isZero();
    assertThat(run.threads()).isEqualTo(1);
    assertThat(run.peakMemory()).isPositive();
    assertThat(run.readings()).isGreaterThan(10);
    assertThat(run.listened()).isFalse();
  }

  @Test
  void aProgramThatComputesHasLongStretches() throws IOException {
    var run =
        MeasuredRun.of(
            request(new RunRequest.None(), 1, "sh", "-c", "while :; do i=$((i+1)); done"));
    assertThat(run.end()).isEqualTo("stopped after 1 s");
    assertThat(run.window().demand()).isGreaterThan(0.5);
    assertThat(run.cpuPerWait()).isGreaterThan(10);
    assertThat(run.longestStretch()).isGreaterThan(RunFacts.LONG_STRETCH);
  }

  @Test
  void aLoadEndsTheRun() throws IOException {
    var run =
        MeasuredRun.of(
            request(new RunRequest.Command("sleep 0.3"), 60, "sh", "-c", "exec sleep 30"));
    assertThat(run.end()).isEqualTo("stopped after its load");
    assertThat(run.loaded()).isPresent();
    assertThat(run.loaded().get().seconds()).isBetween(0.2, 20.0);
    assertThat(run.idleMemory()).isPositive();
  }

  @Test
  void whatGoesWrongIsSaid() {
    assertThatThrownBy(
            () -> MeasuredRun.of(request(new RunRequest.None(), 9, "sh", "-c", "exit 3")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ended with exit code 3");
    assertThatThrownBy(() ->
            MeasuredRun.of(
                request(new RunRequest.Command("exit 4"), 9, "sh", "-c", "exec sleep 30")))
        .hasMessageContaining("--load: \"exit 4\" ended with exit code 4");
    assertThatThrownBy(() ->
            MeasuredRun.of(
                request(
                    new RunRequest.Connections(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                        10,
                        Optional.empty(),
                        Duration.ofSeconds(1)),
                    9,
                    "sh",
                    "-c",
                    "exit 5")))
        .hasMessageContaining("exit code 5");
  }
}
