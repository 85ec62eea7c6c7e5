package dev.pollard.doctor;

import java.nio.file.Path;
import java.util.List;

/// What one probe found.
///
/// @param detail what the compiler or the program said; may be empty
/// @param places where a project's source runs into it; of a gap that is closed, where it works
///   around it still
public record Gap(
    String id,
    String title,
    State state,
    String detail,
    String since,
    String instead,
    List<Place> places) {
  public Gap {
    places = List.copyOf(places);
  }

  /// How far this toolchain is.
  public enum State {
    /// There is no gap.
    WORKS,
    /// It works behind a feature gate or a flag, on nightly.
    GATED,
    /// This compiler does not have it.
    MISSING
  }

  /// A line of source.
  ///
  /// @param line from 1
  /// @param text the line, stripped
  public record Place(Path file, int line, String text) {}
}
