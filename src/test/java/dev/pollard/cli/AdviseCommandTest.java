package dev.pollard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What is refused before anything is built.
final class AdviseCommandTest {
  private static void refuses(String message, Object... words) {
    var run = CommandRun.of("advise", words);
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).isEqualTo("error: " + message + System.lineSeparator());
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aWrongCommandLineIsSaidInOneLine() {
    refuses("--message-format has no use here", "--message-format=json");
    refuses("--connect or --load, not both", "--connect", "h:1", "--load", "ab", "--", "{}");
    refuses("--chip or --memory, not both", "--chip", "x", "--memory", "memory.x");
    refuses("--send goes with --connect HOST:PORT", "--send", "hello", "--", "{}");
    refuses(
        "a load needs a run: add -- {} and the program's arguments", "--connect", "127.0.0.1:7000");
    refuses("--connections: 0 is no number from 1 on", "--connections", 0);
  }

  @Test
  void aWrongValueNamesItsOption() {
    for (var address : List.of("7000", ":7000", "localhost:http", "localhost:70000")) {
      refuses(
          "--connect: " + address + " is not HOST:PORT, such as 127.0.0.1:7000",
          "--connect",
          address,
          "--",
          "{}");
    }
    refuses(
        "--hold: \"soon\" is not a time such as 90s, 10m or 1h",
        "--connect",
        "127.0.0.1:7000",
        "--hold",
        "soon",
        "--",
        "{}");
    refuses("--limit: \"small\" is not a size such as 48K or 2M", "--limit", "small");
  }
}
