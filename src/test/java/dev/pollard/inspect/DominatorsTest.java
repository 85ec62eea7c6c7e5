package dev.pollard.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DominatorsTest {
  @Test
  void whatTwoWaysLeadToBelongsToWhereTheyPart() {
    // 0 -> 1 -> {2, 3} -> 4 -> 5, and 5 -> 1
    var dominators = new Dominators(new int[][] {{1}, {2, 3}, {4}, {4}, {5}, {1}, {5}});
    assertThat(dominators.immediate(4)).isEqualTo(1);
    assertThat(dominators.immediate(5)).isEqualTo(4);
    assertThat(dominators.immediate(6)).isEqualTo(-1);
    assertThat(dominators.sums(new long[] {1, 10, 100, 1000, 10_000, 100_000, 7}))
        .containsExactly(111_111, 111_110, 100, 1000, 110_000, 100_000, 7);
  }

  /// The oracle takes each node away and looks what is still reached.
  @Test
  void ofAnyGraphTheSumsAreWhatGoesWithANode() {
    var random = new Random(7);
    for (int round = 0; round < 500; round++) {
      int nodes = 2 + random.nextInt(14);
      int[][] successors = new int[nodes][];
      for (int n = 0; n < nodes; n++) {
        successors[n] = random.ints(random.nextInt(4), 0, nodes).toArray();
      }
      long[] weights = random.longs(nodes, 1, 100).toArray();
      long[] sums = new Dominators(successors).sums(weights);
      boolean[] all = reached(successors, -1);
      for (int gone = 1; gone < nodes; gone++) {
        if (all[gone]) {
          boolean[] left = reached(successors, gone);
          long lost = 0;
          for (int n = 0; n < nodes; n++) {
            lost += all[n] && !left[n] ? weights[n] : 0;
          }
          assertThat(sums[gone])
              .as("%d of %s", gone, Arrays.deepToString(successors))
              .isEqualTo(lost);
        }
      }
    }
  }

  private static boolean[] reached(int[][] successors, int without) {
    boolean[] reached = new boolean[successors.length];
    reach(successors, 0, without, reached);
    return reached;
  }

  private static void reach(int[][] successors, int node, int without, boolean[] reached) {
    if (node != without && !reached[node]) {
      reached[node] = true;
      for (int to : successors[node]) {
        reach(successors, to, without, reached);
      }
    }
  }
}
