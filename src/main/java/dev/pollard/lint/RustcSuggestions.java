package dev.pollard.lint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What rustc itself suggests, of its messages in JSON (`--error-format=json`).
final class RustcSuggestions {
  private RustcSuggestions() {}

  /// Takes the `.await`s out that rustc says are of no future.
  ///
  /// @param messages a JSON object each
  /// @param directory that their paths count from
  /// @param sources the texts as they are without any edit
  /// @param edits with which the messages came
  /// @return edits to make too, in places of the sources without any edit; empty when rustc
  ///   complains of something else as well, or suggests nothing
  static List<Edit> withoutAwait(
      List<String> messages, Path directory, Map<Path, String> sources, List<Edit> edits) {
    List<Edit> found = new ArrayList<>();
    for (String line : messages) {
      Optional<JsonNode> parsed = RustcMessages.parse(line);
      if (parsed.isEmpty()) {
        return List.of();
      }
      JsonNode message = parsed.get();
      if (!message.path("level").asString("").equals("error") || message.path("spans").isEmpty()) {
        continue;
      }
      int before = found.size();
      for (JsonNode child : message.path("children")) {
        for (JsonNode span : child.path("spans")) {
          JsonNode text = span.path("suggested_replacement");
          if (text.isString() && text.asString().isEmpty()) {
            edit(span, directory, sources, edits, found);
          }
        }
      }
      if (found.size() == before) {
        return List.of();
      }
    }
    return found;
  }

  private static void edit(
      JsonNode span,
      Path directory,
      Map<Path, String> sources,
      List<Edit> edits,
      List<Edit> found) {
    Path file = RustcMessages.file(span, directory);
    String source = sources.get(file);
    if (source == null) {
      return;
    }
    String now = Edit.apply(sources, edits).getOrDefault(file, source);
    int start = original(RustcMessages.index(now, span, "byte_start"), file, edits);
    int end = original(RustcMessages.index(now, span, "byte_end"), file, edits);
    if (start < 0 || end <= start || end > source.length()) {
      return;
    }
    String removed = source.substring(start, end).replaceAll("\\s", "");
    var edit = new Edit(file, start, end, "");
    if (removed.equals(".await") && found.stream().noneMatch(edit::equals)) {
      found.add(edit);
    }
  }

  /// Where a place of the edited text lies in the text without edits; -1 within what an edit put
  /// there.
  private static int original(int offset, Path file, List<Edit> edits) {
    int moved = 0;
    List<Edit> inOrder =
        edits.stream()
            .filter(e -> e.file().equals(file))
            .sorted(Comparator.comparingInt(Edit::start).thenComparingInt(Edit::end))
            .toList();
    for (Edit edit : inOrder) {
      int start = edit.start() + moved;
      if (offset < start || (offset == start && edit.text().isEmpty())) {
        break;
      }
      if (offset < start + edit.text().length()) {
        return -1;
      }
      moved += edit.text().length() - (edit.end() - edit.start());
    }
    return offset - moved;
  }
}
