package dev.pollard.cli;

import dev.pollard.cargo.Cargo;
import dev.pollard.report.table.Style;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which of stdout and stderr is a terminal (the launcher tells), and whether it gets colours.
final class Terminal {
  private static final int COLUMNS = 80;

  private Terminal() {}

  /// The console as cargo would see it.
  ///
  /// @param color `--color`, if it is given
  static Cargo.Console console(Optional<String> color, Map<String, String> environment) {
    boolean stdout = isTerminal("stdout");
    boolean stderr = isTerminal("stderr");
    return new Cargo.Console(
        System.out,
        System.err,
        style(color, environment, stdout),
        style(color, environment, stderr),
        stderr && !environment.getOrDefault("TERM", "").equals("dumb"),
        columns(environment));
  }

  /// `--color`, then `CARGO_TERM_COLOR`, then `NO_COLOR`, then whether a terminal is there.
  static Style style(Optional<String> color, Map<String, String> environment, boolean terminal) {
    var wanted = color.orElse(environment.getOrDefault("CARGO_TERM_COLOR", "auto"));
    return switch (wanted) {
      case "always" -> Style.COLOR;
      case "never" -> Style.PLAIN;
      default ->
          terminal
                  && environment.getOrDefault("NO_COLOR", "").isEmpty()
                  && !environment.getOrDefault("TERM", "").equals("dumb")
              ? Style.COLOR
              : Style.PLAIN;
    };
  }

  /// Whether a person reads what is printed.
  static boolean isStdoutTerminal() {
    return isTerminal("stdout");
  }

  private static boolean isTerminal(String stream) {
    List<String> terminals =
        Arrays.asList(System.getProperty("pollard.terminal", "").split(",", -1));
    return terminals.contains(stream);
  }

  /// How wide the terminal is, as `COLUMNS` has it.
  static int columns(Map<String, String> environment) {
    try {
      int columns = Integer.parseInt(environment.getOrDefault("COLUMNS", ""));
      return columns < 20 ? COLUMNS : columns;
    } catch (NumberFormatException e) {
      return COLUMNS;
    }
  }
}
