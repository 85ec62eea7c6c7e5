package dev.pollard.cli;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Option;

/// The options of a command that prints rows: which of them, in what order and how wide.
final class RowOptions {
  private static final int ROWS = 30;

  @Option(
      names = "-n",
      paramLabel = "N",
      description = "show the first N rows, or trees, of each table, 0 for all; default: 30")
  private int limit = ROWS;

  @Option(
      names = "--filter",
      paramLabel = "REGEX",
      description = "only rows, or machines, whose name matches; of diff, the old name or the new")
  private Optional<String> filter = Optional.empty();

  @Option(
      names = "--sort",
      paramLabel = "FIELD",
      description =
          "bytes (largest first; default), name, count or, for machines, future; of diff, by their"
              + " change")
  private Sort sort = Sort.BYTES;

  @Option(
      names = {"-w", "--wide"},
      description = "do not cut long names")
  private boolean wide;

  /// The order of rows.
  enum Sort {
    BYTES,
    NAME,
    COUNT,
    FUTURE
  }

  /// What is wrong with them, as a sentence for people.
  Optional<String> complaint() {
    if (limit < 0) {
      return Optional.of("-n takes a number of rows, 0 for all");
    }
    try {
      var _ = wanted();
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of("--filter: " + e.getDescription() + " in " + e.getPattern());
    }
  }

  /// How many rows of each table, 0 for all.
  int limit() {
    return limit;
  }

  /// Whether a name is asked for.
  Predicate<String> wanted() {
    return filter.map(f -> Pattern.compile(f).asPredicate()).orElse(_ -> true);
  }

  Sort sort() {
    return sort;
  }

  /// How wide lines may be, 0 for as wide as they are: a pipe has no width, and names are cut for
  /// terminals alone.
  int width() {
    return wide || !Terminal.isStdoutTerminal() ? 0 : Terminal.columns(System.getenv());
  }
}
