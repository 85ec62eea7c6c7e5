package dev.pollard.report.json;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What all published forms share.
public final class Json {
  /// Writes with a line for each field.
  public static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /// Writes all on one line.
  static final JsonMapper COMPACT = JsonMapper.builder().build();

  private Json() {}

  /// A published schema.
  ///
  /// @param file its name beside this class
  static String schema(String file) {
    try (InputStream in = Json.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the schema is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the schema cannot be read", e);
    }
  }

  /// A number, or null where it is not known.
  public static void put(ObjectNode node, String field, OptionalLong value) {
    if (value.isPresent()) {
      node.put(field, value.getAsLong());
    } else {
      node.putNull(field);
    }
  }
}
