package dev.pollard.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/// One command line, run in this process.
///
/// @param code the exit code
/// @param out what it printed to stdout
/// @param err what it printed to stderr
record CommandRun(int code, String out, String err) {
  /// Runs a command with words, each as its text.
  static CommandRun of(String command, Object... words) {
    var line = new ArrayList<>(List.of(command));
    for (Object word : words) {
      line.add(word.toString());
    }
    var out = new StringWriter();
    var err = new StringWriter();
    int code = PollardCommand.execute(line, new PrintWriter(out), new PrintWriter(err));
    return new CommandRun(code, out.toString(), err.toString());
  }
}
