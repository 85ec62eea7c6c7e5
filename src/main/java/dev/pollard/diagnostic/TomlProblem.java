package dev.pollard.diagnostic;

import tools.jackson.core.JacksonException;

/// The words for a text that is no TOML.
public final class TomlProblem {
  /// Told when the value after the key was read too, which may be at the start of the next line.
  private static final String DUPLICATE = "Duplicate key";

  private TomlProblem() {}

  /// One line: what is wrong, and the place.
  public static String of(JacksonException e) {
    String problem = "not valid TOML: " + e.getOriginalMessage();
    var place = e.getLocation();
    if (place == null) {
      return problem;
    }
    if (DUPLICATE.equals(e.getOriginalMessage())) {
      return problem
          + " (line %d)".formatted(place.getLineNr() - (place.getColumnNr() == 1 ? 1 : 0));
    }
    return problem + " (line %d, column %d)".formatted(place.getLineNr(), place.getColumnNr());
  }
}
