package dev.pollard.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OwnTimeTest {
  private static final String WORK = "i=0; while [ $i -lt 300000 ]; do i=$((i + 1)); done";

  /// Of a sleep of a second: the clock is started when the process already runs.
  private static final Duration LEAST = Duration.ofMillis(950);

  @Test
  void aProcessThatWaitsWhileNobodyElseWorksTakesItAll() throws Exception {
    var before = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    var times = times("sleep 1");
    var after = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);

    assertThat(times.all()).isGreaterThanOrEqualTo(LEAST);
    assertThat(times.alone()).isGreaterThan(times.all().minus(after.minus(before)).minusMillis(50));
  }

  @Test
  void whatAWorkerUsedMeanwhileIsNotTheProcesss() throws Exception {
    var worker = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
    try {
      var times = times("sleep 1");

      assertThat(times.all()).isGreaterThanOrEqualTo(LEAST);
      assertThat(times.alone()).isLessThan(times.all().minusMillis(50));
    } finally {
      worker.destroyForcibly();
    }
  }

  @Test
  void aProcessThatWorksTakesAtLeastItsOwnTime() throws Exception {
    var times = times(WORK);

    assertThat(times.alone()).isLessThanOrEqualTo(times.all()).isGreaterThan(Duration.ofMillis(50));
  }

  private static OwnTime.Times times(String script) throws Exception {
    var process = new ProcessBuilder("sh", "-c", script).start();
    var time = OwnTime.of(process);
    process.waitFor();
    return time.end();
  }
}
