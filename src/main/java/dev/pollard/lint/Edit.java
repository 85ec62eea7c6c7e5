package dev.pollard.lint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A stretch of a source that another text takes the place of.
///
/// @param file the source
/// @param start index of its first character
/// @param end index behind its last
public record Edit(Path file, int start, int end, String text) {
  /// The texts that edits leave.
  ///
  /// @param sources the text of each file that is edited
  /// @param edits of which no two touch the same characters
  static Map<Path, String> apply(Map<Path, String> sources, List<Edit> edits) {
    Map<Path, String> changed = new HashMap<>();
    List<Edit> backwards = new ArrayList<>(edits);
    backwards.sort(Comparator.comparingInt(Edit::start).thenComparingInt(Edit::end).reversed());
    for (Edit edit : backwards) {
      String text = changed.getOrDefault(edit.file, sources.getOrDefault(edit.file, ""));
      changed.put(edit.file, text.substring(0, edit.start) + edit.text + text.substring(edit.end));
    }
    return changed;
  }

  /// Whether two change the same characters.
  boolean touches(Edit other) {
    return file.equals(other.file) && start < other.end && other.start < end;
  }
}
