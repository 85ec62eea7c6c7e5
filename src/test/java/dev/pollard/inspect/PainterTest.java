package dev.pollard.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.inspect.Painter.Interval;
import dev.pollard.inspect.Painter.Stroke;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PainterTest {
  @Test
  void theInnermostWins() {
    assertThat(
            Painter.paint(
                List.of(
                    new Interval(0, 100, 0, 0),
                    new Interval(10, 30, 1, 1),
                    new Interval(20, 25, 2, 2),
                    new Interval(60, 60, 3, 3))))
        .containsExactly(
            new Stroke(0, 10, 0),
            new Stroke(10, 20, 1),
            new Stroke(20, 25, 2),
            new Stroke(25, 30, 1),
            new Stroke(30, 100, 0));
  }

  @Test
  void addressesOfTheUpperHalfAreLargerThanAllOthers() {
    long top = 0xffff_ffff_8000_0000L;
    assertThat(
            Painter.paint(List.of(new Interval(top, -1, 0, 0), new Interval(0x10, top + 8, 1, 1))))
        .containsExactly(new Stroke(0x10, top + 8, 1), new Stroke(top + 8, -1, 0));
  }

  @Test
  void everyPointHasTheOwnerOfTheGreatestRank() {
    var random = new Random(4);
    for (int round = 0; round < 2_000; round++) {
      var intervals = new ArrayList<Interval>();
      for (int i = random.nextInt(12); i > 0; i--) {
        int start = random.nextInt(40);
        intervals.add(
            new Interval(start, start + random.nextInt(20), random.nextInt(4), intervals.size()));
      }
      int[] expected = new int[64];
      for (int point = 0; point < expected.length; point++) {
        int rank = -1;
        expected[point] = -1;
        for (Interval i : intervals) {
          if (point >= i.start() && point < i.end() && i.rank() >= rank) {
            rank = i.rank();
            expected[point] = i.owner();
          }
        }
      }
      int[] found = new int[64];
      Arrays.fill(found, -1);
      long last = 0;
      for (Stroke s : Painter.paint(intervals)) {
        assertThat(s.start()).isGreaterThanOrEqualTo(last).isLessThan(s.end());
        last = s.end();
        Arrays.fill(found, (int) s.start(), (int) s.end(), s.owner());
      }
      assertThat(found).containsExactly(expected);
    }
  }
}
