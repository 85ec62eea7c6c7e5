package dev.pollard.advise.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StretchesTest {
  private static final long MS = 1_000_000;

  private final Stretches stretches = new Stretches(10);

  @Test
  void aStretchGoesOnWhileTheThreadDoesNotSleep() {
    stretches.read(7, "worker", 0, 5);
    stretches.read(7, "worker", 4 * MS, 5);
    stretches.read(7, "worker", 9 * MS, 5);
    assertThat(stretches.over()).isZero();
    stretches.read(7, "worker", 12 * MS, 5);
    stretches.read(7, "worker", 15 * MS, 5);
    assertThat(stretches.over()).isEqualTo(1);
    assertThat(stretches.longest()).containsExactly(new Stretches.Longest("worker", 15, 1));
  }

  @Test
  void aSleepEndsIt() {
    stretches.read(7, "worker", 0, 5);
    stretches.read(7, "worker", 9 * MS, 5);
    // Slept somewhere in between: of the 8 ms before this reading nothing is known.
    stretches.read(7, "worker", 17 * MS, 6);
    stretches.read(7, "worker", 20 * MS, 6);
    assertThat(stretches.over()).isZero();
    assertThat(stretches.longest().getFirst().milliseconds()).isEqualTo(9);
  }

  @Test
  void threadsAreApartAndNamesTogether() {
    stretches.read(1, "worker", 0, 0);
    stretches.read(2, "worker", 0, 0);
    stretches.read(3, "main", 0, 0);
    stretches.read(1, "worker", 11 * MS, 0);
    stretches.read(2, "worker", 30 * MS, 0);
    stretches.read(3, "main", 2 * MS, 0);
    assertThat(stretches.over()).isEqualTo(2);
    assertThat(stretches.longest())
        .containsExactly(
            new Stretches.Longest("worker", 30, 2), new Stretches.Longest("main", 2, 0));
  }

  @Test
  void aThreadsNumberMayBeUsedAgain() {
    stretches.read(1, "worker", 0, 0);
    stretches.end(1);
    stretches.read(1, "worker", 50 * MS, 0);
    assertThat(stretches.longest()).isEmpty();
    assertThat(stretches.moved(1, 50 * MS)).isFalse();
    assertThat(stretches.moved(1, 51 * MS)).isTrue();
    assertThat(stretches.moved(2, 0)).isTrue();
  }
}
