package dev.pollard.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OwnTimeTest {
  @Test
  void aProcessThatSleepsTakesLittleForItself() throws Exception {
    var times = times("sleep 1");

    assertThat(times.all()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(times.own()).isLessThan(Duration.ofMillis(700));
  }

  @Test
  void aProcessThatWorksTakesItAllForItself() throws Exception {
    var times = times("i=0; while [ $i -lt 300000 ]; do i=$((i + 1)); done");

    assertThat(times.own()).isLessThanOrEqualTo(times.all()).isGreaterThan(Duration.ofMillis(50));
  }

  private static OwnTime.Times times(String script) throws Exception {
    var process = new ProcessBuilder("sh", "-c", script).start();
    var time = OwnTime.of(process);
    process.waitFor();
    return time.end();
  }
}
