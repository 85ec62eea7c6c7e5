package dev.pollard.cli;

/// The exit codes that every Pollard command keeps to.
public final class ExitCode {
  /// What was asked for is done.
  public static final int DONE = 0;

  /// The command line is wrong.
  public static final int USAGE = 2;

  /// From rustc's place to the launcher alone: rustc's own 1, told apart from a JVM's.
  public static final int COMPILER_ERROR = 91;

  /// There are findings, or a budget is broken.
  public static final int FINDINGS = 100;

  /// It could not be done.
  public static final int FAILED = 101;

  private ExitCode() {}
}
