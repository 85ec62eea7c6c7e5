package dev.pollard.cargo;

import dev.pollard.report.BuildReport;
import dev.pollard.report.json.BuildReportJson;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What a wrapper tells the command that runs cargo: one line of JSON each.
sealed interface ProgressMessage {
  /// One step of an artifact's prune.
  record Step(String artifact, String stage, int done, int total, long savedBytes)
      implements ProgressMessage {}

  /// The stock artifact stays.
  record Stock(String artifact, String reason) implements ProgressMessage {}

  /// Something beside the artifact went wrong.
  record Warned(String artifact, String problem) implements ProgressMessage {}

  /// An artifact is in its place.
  record Finished(BuildReport report) implements ProgressMessage {}

  /// The message as one line, without a line feed.
  default String write() {
    var mapper = JsonMapper.shared();
    var node = mapper.createObjectNode();
    switch (this) {
      case Step(var artifact, var stage, var done, var total, var saved) ->
          node.put("artifact", artifact)
              .put("stage", stage)
              .put("done", done)
              .put("total", total)
              .put("saved", saved);
      case Stock(var artifact, var reason) -> node.put("artifact", artifact).put("stock", reason);
      case Warned(var artifact, var problem) ->
          node.put("artifact", artifact).put("problem", problem);
      case Finished(var report) -> node.put("report", BuildReportJson.write(report));
    }
    return mapper.writeValueAsString(node);
  }

  /// Reads a line; empty for one that is not understood, such as a newer wrapper's.
  static Optional<ProgressMessage> read(String line) {
    try {
      var node = JsonMapper.shared().readTree(line);
      var artifact = node.path("artifact").asString("");
      if (node.has("report")) {
        return Optional.of(new Finished(BuildReportJson.parse(node.get("report").asString())));
      }
      if (node.has("stock")) {
        return Optional.of(new Stock(artifact, node.get("stock").asString()));
      }
      if (node.has("problem")) {
        return Optional.of(new Warned(artifact, node.get("problem").asString()));
      }
      if (node.has("stage")) {
        return Optional.of(
            new Step(
                artifact,
                node.get("stage").asString(),
                node.path("done").asInt(0),
                node.path("total").asInt(0),
                node.path("saved").asLong(0)));
      }
      return Optional.empty();
    } catch (JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
