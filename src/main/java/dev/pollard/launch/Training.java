package dev.pollard.launch;

import dev.pollard.Main;

/// Touches what a start touches, so that the JVM's AOT cache holds it: the launcher runs this once
/// per JDK, recording.
public final class Training {
  private Training() {}

  /// Runs through the command line of every command. What fails here fails again when it is used.
  public static void main(String[] arguments) {
    Main.run("--help");
    Main.run("--version");
    for (var command : Main.commands()) {
      Main.run(command, "--help");
    }
  }
}
