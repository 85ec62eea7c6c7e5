package dev.pollard.report;

import java.util.List;

/// How a search for better inlining went: the content of `target/pollard/tune/<crate>.json`.
///
/// @param file where its decisions are written; empty when they are not
/// @param program the program's name in that file
/// @param stock bytes of flash of the stock program
/// @param steps the best by time, the first one before any single decision
/// @param groups what was decided, by callee, the most bytes first
/// @param trials how many programs were made
/// @param moves how many decisions were tried
public record TuneLog(
    String file,
    String program,
    long stock,
    List<Step> steps,
    List<Group> groups,
    int trials,
    int moves) {
  public TuneLog {
    steps = List.copyOf(steps);
    groups = List.copyOf(groups);
  }

  /// This one with where it is kept.
  public TuneLog in(String path, String name) {
    return new TuneLog(path, name, stock, steps, groups, trials, moves);
  }

  /// The best at a time.
  ///
  /// @param seconds since the search began
  /// @param trials made until then
  /// @param flash bytes
  public record Step(double seconds, int trials, long flash) {}

  /// Decisions of one kind about the calls of one function.
  ///
  /// @param kind `inline` or `apart`
  /// @param callee the function that is called
  /// @param sites at how many of its calls
  /// @param of how many direct calls it has
  /// @param bytes what they gave when they were found, as far as the sizes of functions tell;
  ///   negative for less flash
  public record Group(String kind, String callee, int sites, int of, long bytes) {}
}
