package dev.pollard.advise.run;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A run that is to be measured.
///
/// @param command the program with its arguments
/// @param program the file whose process is measured, where the command is a script that starts it
/// @param load what puts it under load
/// @param timeout the longest that it may take without a load; then it is stopped
public record RunRequest(List<String> command, Path program, Load load, Duration timeout) {
  public RunRequest {
    command = List.copyOf(command);
  }

  /// What puts a program under load.
  public sealed interface Load permits None, Command, Connections {}

  /// Nothing does: the program runs to its end.
  public record None() implements Load {}

  /// A line for the shell, which is run to its end.
  public record Command(String line) implements Load {}

  /// Connections that are held.
  ///
  /// @param count how many
  /// @param text what each of them sends once a second
  /// @param hold for how long all of them are held
  public record Connections(
      InetSocketAddress address, int count, Optional<String> text, Duration hold) implements Load {}
}
