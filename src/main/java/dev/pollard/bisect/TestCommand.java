package dev.pollard.bisect;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The command that tells a good program from a bad one: the user's own, or the program itself.
///
/// Exit codes are those of `git bisect run`: 0 is good, 125 is "cannot be tested", all else is bad.
/// Unlike there a signal is bad too: a program that crashes is what one looks for.
final class TestCommand {
  /// Holds the path of the program to test.
  static final String VARIABLE = "POLLARD_ARTIFACT";

  /// Stands for the path of the program to test, as a word of its own.
  static final String PLACE = "{}";

  private static final int SKIP = 125;

  /// 128 and the number of SIGINT.
  private static final int INTERRUPTED = 130;

  /// How many characters of what a test printed are kept.
  private static final int TAIL = 2000;

  /// A good test's time, times this, is time enough for any.
  private static final int PATIENCE = 10;

  private static final Duration LEAST = Duration.ofSeconds(30);

  private final List<String> words;
  private final Path artifact;
  private final Path scratch;
  private Optional<Duration> limit;

  /// @param words the command; a single word is one for the shell; none: the program itself
  /// @param artifact where the program lies when it is tested
  /// @param scratch a folder for what it prints
  /// @param limit after which a test is bad; empty: long after the time of the first good one
  TestCommand(List<String> words, Path artifact, Path scratch, Optional<Duration> limit) {
    this.words = List.copyOf(words);
    this.artifact = artifact;
    this.scratch = scratch;
    this.limit = limit;
  }

  /// The command line for this program.
  List<String> commandLine() {
    var program = artifact.toString();
    return switch (words.size()) {
      case 0 -> List.of(program);
      case 1 -> List.of("/bin/sh", "-c", words.getFirst());
      default -> words.stream().map(w -> w.equals(PLACE) ? program : w).toList();
    };
  }

  /// Tests the program that lies there now.
  Outcome run() throws BisectException {
    var log = scratch.resolve("test.log");
    var builder = new ProcessBuilder(commandLine()).redirectErrorStream(true);
    builder.environment().put(VARIABLE, artifact.toString());
    builder.redirectInput(new File("/dev/null")).redirectOutput(log.toFile());
    long start = System.nanoTime();
    try {
      var process = builder.start();
      boolean ended = await(process);
      var time = Duration.ofNanos(System.nanoTime() - start);
      if (!ended) {
        return new Outcome(Verdict.BAD, "no end after " + seconds(limit.orElseThrow()), tail(log));
      }
      var outcome = outcome(process.exitValue(), tail(log));
      if (outcome.verdict() == Verdict.GOOD && limit.isEmpty()) {
        var patience = time.multipliedBy(PATIENCE);
        limit = Optional.of(patience.compareTo(LEAST) < 0 ? LEAST : patience);
      }
      return outcome;
    } catch (IOException e) {
      throw new BisectException("the test command cannot be run: " + e.getMessage(), e);
    }
  }

  private static Outcome outcome(int exitCode, String output) throws BisectException {
    if (exitCode == INTERRUPTED) {
      throw new BisectException("the test command was interrupted");
    }
    var verdict =
        switch (exitCode) {
          case 0 -> Verdict.GOOD;
          case SKIP -> Verdict.SKIPPED;
          default -> Verdict.BAD;
        };
    return new Outcome(verdict, exitCode == 0 ? "" : "exit code " + exitCode, output);
  }

  /// Whether it ended of itself; otherwise it is ended, with all that it started.
  private boolean await(Process process) throws BisectException {
    try {
      if (limit.isEmpty()) {
        process.waitFor();
        return true;
      }
      if (process.waitFor(limit.get().toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
      return false;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new BisectException("interrupted", e);
    }
  }

  private static String tail(Path log) throws IOException {
    var text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    return text.substring(Math.max(0, text.length() - TAIL));
  }

  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
  }
}
