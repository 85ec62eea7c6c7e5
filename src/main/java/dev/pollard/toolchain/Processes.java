package dev.pollard.toolchain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Runs small helper programs (`rustc -vV`, `ldd`, a linker) and collects what they print.
public final class Processes {
  private static final int SIGNALS = 128;

  /// Hang-up, interrupt, quit and terminate: somebody wants an end.
  private static final Set<Integer> REQUESTS = Set.of(1, 2, 3, 15);

  private Processes() {}

  /// The signal by which a program died, if it did and nobody asked it to end: an abort, a crash,
  /// the system that ran out of memory.
  public static OptionalInt death(int exitCode) {
    int signal = exitCode - SIGNALS;
    return signal > 0 && !REQUESTS.contains(signal) ? OptionalInt.of(signal) : OptionalInt.empty();
  }

  /// What a program left.
  ///
  /// @param exitCode its exit code; 128 + n for signal n
  /// @param output what it printed on stdout
  /// @param errors what it printed on stderr
  public record Result(int exitCode, String output, String errors) {
    /// Whether the program ended well.
    public boolean succeeded() {
      return exitCode == 0;
    }

    /// The first line of stderr that says something, for one-line messages.
    public String firstError() {
      return errors.lines().filter(l -> !l.isBlank()).findFirst().orElse("no message").strip();
    }
  }

  /// Runs `command` to its end.
  ///
  /// @param environment variables added to the inherited ones
  /// @param removed variables taken from the inherited ones
  /// @throws IOException when it cannot be started, or is not done within `seconds`
  public static Result run(
      List<String> command,
      Optional<Path> directory,
      Map<String, String> environment,
      List<String> removed,
      long seconds)
      throws IOException {
    var builder = new ProcessBuilder(command);
    directory.ifPresent(d -> builder.directory(d.toFile()));
    removed.forEach(builder.environment()::remove);
    builder.environment().putAll(environment);
    var process = builder.start();
    process.getOutputStream().close();
    var output = drain(process.getInputStream());
    var errors = drain(process.getErrorStream());
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new IOException(command.getFirst() + " was not done after " + seconds + " s");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + command.getFirst(), e);
    }
    return new Result(process.exitValue(), output.join(), errors.join());
  }

  /// Runs `command` in the current folder and environment, for at most a minute.
  public static Result run(List<String> command) throws IOException {
    return run(command, Optional.empty(), Map.of(), List.of(), 60);
  }

  private static CompletableFuture<String> drain(java.io.InputStream stream) {
    var text = new CompletableFuture<String>();
    // A virtual one would wait for a carrier, and the output be waited for without an end.
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try (stream) {
            text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
          } catch (IOException e) {
            text.complete("");
          }
        });
    return text;
  }
}
