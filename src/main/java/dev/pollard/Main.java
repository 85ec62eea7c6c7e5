package dev.pollard;

import dev.pollard.cli.PollardCommand;
import picocli.CommandLine;

/// Wiring only: hands the command line to picocli and its exit code to the system.
public final class Main {
  private Main() {}

  /// Runs one Pollard command and exits with its code.
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new PollardCommand()).execute(arguments));
  }
}
