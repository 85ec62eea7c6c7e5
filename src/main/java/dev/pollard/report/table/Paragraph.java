package dev.pollard.report.table;

import java.util.ArrayList;
import java.util.List;

/// Sentences in lines.
public final class Paragraph {
  private Paragraph() {}

  /// The words in lines of at most `width` characters; a longer word has a line of its own.
  public static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    var line = new StringBuilder();
    for (String word : text.split("\\s+", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
  }
}
