package dev.pollard.report.table;

import java.util.Locale;

/// What the cells of all tables share.
final class Cells {
  private Cells() {}

  /// A number with its thousands apart.
  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /// Text at the right end of a cell; what is too long keeps one blank before it.
  static String right(String text, int width) {
    return text.length() >= width ? " " + text : " ".repeat(width - text.length()) + text;
  }
}
