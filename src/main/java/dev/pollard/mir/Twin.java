package dev.pollard.mir;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A synchronous twin of a source: the same text without `async` and `.await`.
public final class Twin {
  /// `async` before what it may stand before, with the `move` of a block that it makes.
  private static final Pattern ASYNC =
      Pattern.compile(
          "\\basync\\b(\\s+move\\b(?=\\s*\\{))?\\s*(?=fn\\b|unsafe\\b|extern\\b|move\\b|\\{|\\|)");

  private static final Pattern AWAIT = Pattern.compile("\\s*\\.\\s*await\\b");

  private Twin() {}

  /// The twin. Comments and strings stay as they are.
  ///
  /// @param blanked the source with the contents of comments and strings blanked, every other
  ///   character at its place
  public static String of(String source, String blanked) {
    String without = removed(ASYNC, source, blanked);
    return removed(AWAIT, without, removed(ASYNC, blanked, blanked));
  }

  private static String removed(Pattern pattern, String text, String blanked) {
    var out = new StringBuilder();
    Matcher matcher = pattern.matcher(blanked);
    int from = 0;
    while (matcher.find()) {
      out.append(text, from, matcher.start());
      from = matcher.end();
    }
    return out.append(text.substring(from)).toString();
  }
}
