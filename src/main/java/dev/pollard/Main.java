package dev.pollard;

import dev.pollard.cli.PollardCommand;
import dev.pollard.cli.RustcWrapperCommand;
import dev.pollard.prune.LlvmPruner;
import dev.pollard.worker.Worker;
import java.util.Arrays;
import picocli.CommandLine;

/// Wiring only: hands the command line to picocli and its exit code to the system.
public final class Main {
  private Main() {}

  /// Runs one Pollard command and exits with its code.
  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0 && arguments[0].equals(Worker.NAME)) {
      System.exit(Worker.run());
    }
    if (arguments.length > 0 && arguments[0].equals(RustcWrapperCommand.NAME)) {
      var call = Arrays.asList(arguments).subList(1, arguments.length);
      System.exit(new RustcWrapperCommand(new LlvmPruner()).run(call, System.getenv()));
    }
    System.exit(new CommandLine(new PollardCommand()).execute(arguments));
  }
}
