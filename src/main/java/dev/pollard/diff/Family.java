package dev.pollard.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A name without what a compiler counts or hashes anew in each build: numbers of closures, blocks
/// and implementations, of outlined functions, hashes and numbered suffixes.
///
/// @param name `a::f::{closure#}` for `a::f::{closure#3}`
/// @param numbers what was taken out, in order; a hash counts as none
record Family(String name, List<Long> numbers) {
  private static final Pattern VARIABLE =
      Pattern.compile(
          "(?<=#)(?<number>[0-9]{1,40})(?=})"
              + "|(?<copy> \\[[0-9]{1,40}])$"
              + "|(?<=OUTLINED_FUNCTION_)(?<outlined>[0-9]{1,40})"
              + "|(?<suffix>\\.(?:llvm\\.)?[0-9]{1,40})(?=$|\\.)"
              + "|(?<hash>(?<![0-9A-Za-z])h?[0-9a-f]{16,64}(?![0-9A-Za-z]))");

  Family {
    numbers = List.copyOf(numbers);
  }

  static Family of(String name) {
    Matcher m = VARIABLE.matcher(name);
    if (!m.find()) {
      return new Family(name, List.of());
    }
    var numbers = new ArrayList<Long>();
    var text = new StringBuilder();
    int from = 0;
    do {
      text.append(name, from, m.start());
      from = m.end();
      String digits = m.group().replaceAll("[^0-9]", "");
      if (m.group("hash") != null) {
        text.append("hash");
      } else {
        // Longer ones are hashes, of which no one comes before another.
        numbers.add(digits.length() > 18 ? 0L : Long.parseLong(digits));
      }
    } while (m.find());
    return new Family(text.append(name.substring(from)).toString(), numbers);
  }

  /// Whether the numbers follow the source: those of outlined functions follow the code.
  boolean isInOrder() {
    return !numbers.isEmpty() && !name.contains("OUTLINED_FUNCTION_");
  }

  /// Compares numbers of one family, the outermost first.
  static int compare(List<Long> a, List<Long> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int c = Long.compare(a.get(i), b.get(i));
      if (c != 0) {
        return c;
      }
    }
    return Integer.compare(a.size(), b.size());
  }
}
