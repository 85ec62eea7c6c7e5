package dev.pollard.bisect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FirstBadTest {
  private final List<Long> tested = new ArrayList<>();
  private final List<Integer> left = new ArrayList<>();

  private FirstBad.Found search(long good, long bad, long firstBad, Set<Long> skipped)
      throws BisectException {
    tested.clear();
    left.clear();
    return FirstBad.search(
        good,
        bad,
        (index, remaining) -> {
          tested.add(index);
          left.add(remaining);
          if (skipped.contains(index)) {
            return Verdict.SKIPPED;
          }
          return index < firstBad ? Verdict.GOOD : Verdict.BAD;
        });
  }

  @Test
  void everyPlaceOfEveryRowIsFound() throws BisectException {
    for (long length = 1; length <= 33; length++) {
      for (long firstBad = 1; firstBad <= length; firstBad++) {
        assertThat(search(0, length, firstBad, Set.of()))
            .isEqualTo(new FirstBad.Found(firstBad - 1, firstBad));
        assertThat(tested)
            .doesNotHaveDuplicates()
            .doesNotContain(0L, length)
            .hasSizeLessThanOrEqualTo(FirstBad.trials(length));
      }
    }
  }

  @Test
  void whatIsLeftNeverFallsShort() throws BisectException {
    for (long firstBad = 1; firstBad <= 1000; firstBad += 13) {
      assertThat(search(0, 1000, firstBad, Set.of()).isExact()).isTrue();
      for (int i = 0; i < tested.size(); i++) {
        assertThat(left.get(i)).isGreaterThanOrEqualTo(tested.size() - 1 - i);
      }
      assertThat(left.getFirst()).isEqualTo(9);
    }
  }

  @Test
  void whatCannotBeTestedIsWalkedAround() throws BisectException {
    assertThat(search(0, 100, 70, Set.of(50L, 49L, 51L, 75L)))
        .isEqualTo(new FirstBad.Found(69, 70));
    assertThat(tested).startsWith(50L, 49L, 51L, 48L);
  }

  @Test
  void whatLiesBetweenIsTold() throws BisectException {
    var found = search(10, 20, 15, Set.of(14L, 15L, 16L));
    assertThat(found).isEqualTo(new FirstBad.Found(13, 17));
    assertThat(found.isExact()).isFalse();
    assertThat(search(0, 3, 2, Set.of(1L, 2L))).isEqualTo(new FirstBad.Found(0, 3));
  }

  /// Several places where it turns: one of them, and a true one.
  @Test
  void aRowThatTurnsSeveralTimesEndsAtATrueTurn() throws BisectException {
    Set<Long> bad = Set.of(3L, 4L, 9L, 10L, 16L);
    var found =
        FirstBad.search(0, 16, (index, _) -> bad.contains(index) ? Verdict.BAD : Verdict.GOOD);
    assertThat(bad).contains(found.firstBad()).doesNotContain(found.lastGood());
    assertThat(found.isExact()).isTrue();
  }

  @Test
  void aFailureEndsTheSearch() {
    assertThatThrownBy(() ->
            FirstBad.search(
                0,
                8,
                (_, _) -> {
                  throw new BisectException("no more");
                }))
        .hasMessage("no more");
    assertThatThrownBy(() -> FirstBad.search(3, 3, (_, _) -> Verdict.GOOD))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void halvesAreCounted() {
    assertThat(List.of(1L, 2L, 3L, 4L, 5L, 8L, 9L, 1000L).stream().map(FirstBad::trials))
        .containsExactly(0, 1, 2, 2, 3, 3, 4, 10);
  }
}
