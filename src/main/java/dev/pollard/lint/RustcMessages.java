package dev.pollard.lint;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Messages of rustc and clippy in JSON (`--error-format=json`): what their spans mean here.
final class RustcMessages {
  private RustcMessages() {}

  /// One message; empty for a line that is none.
  static Optional<JsonNode> parse(String line) {
    try {
      return Optional.of(JsonMapper.shared().readTree(line));
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  /// The file of a span.
  ///
  /// @param directory that the compiler ran in
  static Path file(JsonNode span, Path directory) {
    return directory.resolve(span.path("file_name").asString("")).normalize();
  }

  /// Where a span begins or ends in a text: the compiler counts bytes of UTF-8.
  ///
  /// @param field `byte_start` or `byte_end`
  static int index(String text, JsonNode span, String field) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(span.path(field).asInt(), bytes.length);
    return new String(bytes, 0, length, StandardCharsets.UTF_8).length();
  }
}
