package dev.pollard.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The root command: prints its help when no subcommand is given.
@Command(
    name = "pollard",
    version = "pollard 0.1.0",
    mixinStandardHelpOptions = true,
    subcommands = {OptCommand.class},
    description = "Measures, explains and removes the cost of async state machines in Rust builds.")
public final class PollardCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return ExitCode.USAGE;
  }
}
