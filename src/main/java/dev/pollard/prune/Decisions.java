package dev.pollard.prune;

import dev.pollard.pass.PassOptions;
import dev.pollard.tune.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// All that decides what a prune makes of a capture: the same decisions make the same object.
///
/// @param recipe what the search found
/// @param options what passes were asked for
public record Decisions(Recipe recipe, PassOptions options) {
  /// The file's name beside a capture's.
  public static final String NAME = "decisions.json";

  /// Writes them into `file`.
  ///
  /// @throws IOException when it cannot be written
  public void write(Path file) throws IOException {
    try {
      Files.writeString(file, JsonMapper.shared().writeValueAsString(this));
    } catch (JacksonException e) {
      throw new IOException("cannot write " + file, e);
    }
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws IOException when it is something else
  public static Decisions read(Path file) throws IOException {
    try {
      return JsonMapper.shared().readValue(Files.readString(file), Decisions.class);
    } catch (JacksonException e) {
      throw new IOException(file + " holds no decisions: " + e.getOriginalMessage(), e);
    }
  }
}
