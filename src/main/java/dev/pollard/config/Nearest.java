package dev.pollard.config;

import java.util.Collection;
import java.util.Comparator;

/// What was meant by a name that does not exist.
public final class Nearest {
  private Nearest() {}

  /// ` (did you mean NAME?)`, or nothing where none of `names` is near: a third of its letters may
  /// differ.
  public static String hint(String written, Collection<String> names) {
    return names.stream()
        .filter(n -> distance(written, n) <= Math.max(1, n.length() / 3))
        .min(Comparator.<String>comparingInt(n -> distance(written, n)).thenComparing(n -> n))
        .map(n -> " (did you mean " + n + "?)")
        .orElse("");
  }

  /// How many letters must be changed, put in, taken out, or swapped with the next one.
  static int distance(String a, String b) {
    var rows = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          rows[i][j] = i + j;
          continue;
        }
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        rows[i][j] =
            Math.min(rows[i - 1][j - 1] + same, 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          rows[i][j] = Math.min(rows[i][j], 1 + rows[i - 2][j - 2]);
        }
      }
    }
    return rows[a.length()][b.length()];
  }
}
