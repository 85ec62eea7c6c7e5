package dev.pollard.worker;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Jobs and answers as JSON lines: the record's name, then its fields.
final class Wire {
  private static final JsonMapper JSON = JsonMapper.shared();

  private Wire() {}

  static String write(Record message) {
    ObjectNode line = JSON.createObjectNode();
    line.put("kind", message.getClass().getSimpleName());
    line.set("body", JSON.valueToTree(message));
    return JSON.writeValueAsString(line);
  }

  static Job job(String line) {
    JsonNode node = JSON.readTree(line);
    return switch (node.path("kind").asString("")) {
      case "Warm" -> JSON.treeToValue(node.path("body"), Job.Warm.class);
      case "Prepare" -> JSON.treeToValue(node.path("body"), Job.Prepare.class);
      case "Calls" -> JSON.treeToValue(node.path("body"), Job.Calls.class);
      case "Start" -> JSON.treeToValue(node.path("body"), Job.Start.class);
      case "Optimize" -> JSON.treeToValue(node.path("body"), Job.Optimize.class);
      case "Compile" -> JSON.treeToValue(node.path("body"), Job.Compile.class);
      default -> throw new IllegalArgumentException("no job: " + line);
    };
  }

  /// Whether a line may be read by [#answer].
  static boolean isAnswer(String line) {
    return line.startsWith("{\"kind\":");
  }

  static Answer answer(String line) {
    JsonNode node = JSON.readTree(line);
    return switch (node.path("kind").asString("")) {
      case "Doing" -> JSON.treeToValue(node.path("body"), Answer.Doing.class);
      case "Done" -> JSON.treeToValue(node.path("body"), Answer.Done.class);
      case "Polls" -> JSON.treeToValue(node.path("body"), Answer.Polls.class);
      case "Sites" -> JSON.treeToValue(node.path("body"), Answer.Sites.class);
      case "Failed" -> JSON.treeToValue(node.path("body"), Answer.Failed.class);
      default -> throw new IllegalArgumentException("no answer: " + line);
    };
  }
}
