package dev.pollard;

import dev.pollard.cli.PollardCommand;
import dev.pollard.cli.RustcWrapperCommand;
import dev.pollard.prune.PruneOutcome;
import dev.pollard.prune.Pruner;
import java.util.Arrays;
import java.util.Map;
import picocli.CommandLine;

/// Wiring only: hands the command line to picocli and its exit code to the system.
public final class Main {
  private static final Pruner PRUNER =
      (_, _, _) -> new PruneOutcome.Fallback("this build of Pollard has no pruner", Map.of());

  private Main() {}

  /// Runs one Pollard command and exits with its code.
  public static void main(String[] arguments) {
    if (arguments.length > 0 && arguments[0].equals(RustcWrapperCommand.NAME)) {
      var call = Arrays.asList(arguments).subList(1, arguments.length);
      System.exit(new RustcWrapperCommand(PRUNER).run(call, System.getenv()));
    }
    System.exit(new CommandLine(new PollardCommand()).execute(arguments));
  }
}
