package dev.pollard.fuzz;

import java.util.concurrent.Callable;
import picocli.CommandLine;

/// How the programs of this package are started.
final class Start {
  private Start() {}

  /// Runs a command and ends this process: an error is one line, and 101.
  static void run(Callable<Integer> command, String[] arguments) {
    System.exit(
        new CommandLine(command)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler((e, _, _) -> {
              System.err.println("error: " + e.getMessage());
              return 101;
            })
            .execute(arguments));
  }
}
