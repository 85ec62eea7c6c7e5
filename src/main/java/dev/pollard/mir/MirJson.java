package dev.pollard.mir;

import dev.pollard.report.json.Json;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A [MirReport] as JSON, `pollard.mir/1`.
public final class MirJson {
  private MirJson() {}

  /// The text, without a line feed at its end.
  public static String render(MirReport report) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("schema", "pollard.mir/1");
    root.put("name", report.name());
    root.put("rustc", report.rustc());
    root.put("flags", report.flags());
    anatomy(root.putObject("poll"), report.poll());
    lines(root, "linesBeforeTransform", report.before());
    lines(root, "linesAfterTransform", report.after());
    if (report.twin().isPresent()) {
      anatomy(root.putObject("twin"), report.twin().get());
    } else {
      root.putNull("twin");
    }
    root.put("twinProblem", report.problem().orElse(null));
    return Json.MAPPER.writeValueAsString(root);
  }

  private static void lines(ObjectNode node, String field, Optional<MirFunction> function) {
    if (function.isPresent()) {
      node.put(field, function.get().lineCount());
    } else {
      node.putNull(field);
    }
  }

  private static void anatomy(ObjectNode node, Anatomy anatomy) {
    node.put("name", anatomy.function().name());
    node.put("lines", anatomy.function().lineCount());
    node.put("blocks", anatomy.function().blocks().size());
    ObjectNode purposes = node.putObject("purposes");
    for (Purpose purpose : Purpose.values()) {
      ObjectNode counts = purposes.putObject(purpose.key());
      counts.put("lines", anatomy.lines(purpose));
      counts.put("blocks", anatomy.blocks(purpose));
    }
    var states = node.putArray("states");
    for (Anatomy.State state : anatomy.states()) {
      ObjectNode s = states.addObject();
      s.put("number", state.number());
      s.put("name", state.name());
      s.put("awaits", state.awaits().orElse(null));
      var next = s.putArray("next");
      state.next().forEach(next::add);
    }
    node.put("mir", anatomy.function().text());
  }
}
