package dev.pollard;

import dev.pollard.cli.ExitCode;
import dev.pollard.cli.PollardCommand;
import dev.pollard.cli.RustcWrapperCommand;
import dev.pollard.prune.LlvmPruner;
import dev.pollard.worker.Worker;
import java.util.Arrays;
import java.util.List;

/// Wiring only: hands the command line to the command it names and its exit code to the system.
public final class Main {
  /// With this a JVM ends that could not start, or that no one can go on with.
  private static final int JVM_FAILURE = 1;

  private Main() {}

  /// Runs one Pollard command and exits with its code.
  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0 && arguments[0].equals(Worker.NAME)) {
      System.exit(Worker.run());
    }
    int code = run(arguments);
    boolean isRustc = arguments.length > 0 && arguments[0].equals(RustcWrapperCommand.NAME);
    System.exit(isRustc && code == JVM_FAILURE ? ExitCode.COMPILER_ERROR : code);
  }

  /// Runs one Pollard command.
  ///
  /// @return its exit code
  public static int run(String... arguments) {
    if (arguments.length > 0 && arguments[0].equals(RustcWrapperCommand.NAME)) {
      var call = Arrays.asList(arguments).subList(1, arguments.length);
      return new RustcWrapperCommand(new LlvmPruner()).run(call, System.getenv());
    }
    return PollardCommand.execute(List.of(arguments));
  }

  /// The names of all commands, as `pollard --help` lists them.
  public static List<String> commands() {
    return PollardCommand.names();
  }
}
