package dev.pollard.source;

/// Rust source as text to search in.
public final class RustText {
  private RustText() {}

  /// The text with comments and the contents of strings and characters blanked; every other
  /// character keeps its place.
  public static String blanked(String source) {
    var out = new StringBuilder(source);
    int i = 0;
    while (i < source.length()) {
      char c = source.charAt(i);
      int end = i + 1;
      if (source.startsWith("//", i)) {
        end = endOf(source, "\n", i);
        blank(out, i, end);
      } else if (source.startsWith("/*", i)) {
        end = endOfComment(source, i);
        blank(out, i, end);
      } else if (c == '"') {
        end = endOfString(source, i);
        blank(out, i + 1, end - 1);
      } else if (isRaw(source, i)) {
        int quote = source.indexOf('"', i);
        String closing = "\"" + "#".repeat(quote - source.indexOf('r', i) - 1);
        int close = source.indexOf(closing, quote + 1);
        end = close < 0 ? source.length() : close + closing.length();
        blank(out, quote + 1, Math.max(quote + 1, end - closing.length()));
      } else if (c == '\'') {
        end = endOfCharacter(source, i);
        blank(out, i + 1, end - 1);
      }
      i = end;
    }
    return out.toString();
  }

  private static int endOf(String source, String closing, int from) {
    int end = source.indexOf(closing, from);
    return end < 0 ? source.length() : end;
  }

  /// Block comments nest.
  private static int endOfComment(String source, int start) {
    int depth = 0;
    int i = start;
    while (i < source.length()) {
      if (source.startsWith("/*", i)) {
        depth++;
        i += 2;
      } else if (source.startsWith("*/", i)) {
        depth--;
        i += 2;
        if (depth == 0) {
          return i;
        }
      } else {
        i++;
      }
    }
    return source.length();
  }

  private static int endOfString(String source, int start) {
    int i = start + 1;
    while (i < source.length() && source.charAt(i) != '"') {
      i += source.charAt(i) == '\\' ? 2 : 1;
    }
    return Math.min(source.length(), i + 1);
  }

  /// `r"`, `r#"`, `br"`: not the end of a name.
  private static boolean isRaw(String source, int start) {
    if (start > 0 && Character.isUnicodeIdentifierPart(source.charAt(start - 1))) {
      return false;
    }
    int i = start;
    if (source.startsWith("br", i) || source.startsWith("cr", i)) {
      i++;
    }
    if (i >= source.length() || source.charAt(i) != 'r') {
      return false;
    }
    i++;
    while (i < source.length() && source.charAt(i) == '#') {
      i++;
    }
    return i < source.length() && source.charAt(i) == '"';
  }

  /// A lifetime is no character: nothing is skipped after its quote.
  private static int endOfCharacter(String source, int start) {
    if (start + 1 < source.length() && source.charAt(start + 1) == '\\') {
      int end = source.indexOf('\'', start + 3);
      return end < 0 || end > start + 12 ? start + 1 : end + 1;
    }
    int next = start + 1 < source.length() ? source.offsetByCodePoints(start + 1, 1) : start + 1;
    return next < source.length() && source.charAt(next) == '\'' ? next + 1 : start + 1;
  }

  private static void blank(StringBuilder out, int from, int to) {
    for (int i = from; i < to; i++) {
      if (out.charAt(i) != '\n') {
        out.setCharAt(i, ' ');
      }
    }
  }
}
