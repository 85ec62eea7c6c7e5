package dev.pollard.cli;

import dev.pollard.build.FinalBuild;
import dev.pollard.capture.RustcArguments;
import dev.pollard.capture.RustcCall;
import dev.pollard.config.Settings;
import dev.pollard.prune.Progress;
import dev.pollard.prune.Pruner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What `pollard-rustc` runs for a call that may make a final artifact: not for people, and not
/// read by picocli, because every word after it is rustc's.
public final class RustcWrapperCommand {
  /// The word by which `Main` knows it.
  public static final String NAME = "rustc-wrapper";

  private final Pruner pruner;

  public RustcWrapperCommand(Pruner pruner) {
    this.pruner = pruner;
  }

  /// Runs one rustc call.
  ///
  /// @param arguments the compiler, then its arguments
  /// @return the exit code for cargo
  public int run(List<String> arguments, Map<String, String> environment) {
    if (arguments.isEmpty()) {
      System.err.println("pollard " + NAME + ": no compiler given");
      return ExitCode.USAGE;
    }
    var directory = Path.of("").toAbsolutePath();
    var compiler = new ArrayList<String>();
    var chained = environment.getOrDefault("POLLARD_CHAIN", "");
    if (!chained.isEmpty()) {
      compiler.add(chained);
    }
    compiler.add(arguments.getFirst());
    try {
      var call =
          new RustcCall(
              compiler,
              RustcArguments.parse(arguments.subList(1, arguments.size()), directory),
              directory,
              environment);
      return new FinalBuild(pruner, Settings.defaults(), Progress.SILENT).run(call);
    } catch (IOException e) {
      System.err.println("pollard: cannot run " + arguments.getFirst() + ": " + e.getMessage());
      return ExitCode.FAILED;
    }
  }
}
