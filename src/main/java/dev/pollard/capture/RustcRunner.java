package dev.pollard.capture;

import dev.pollard.toolchain.Processes;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs a rustc whose output cargo reads: stdout and stderr pass through live, and unaltered but
/// for the notifications that name an artifact's path, which must name the place it goes to.
public final class RustcRunner {
  private static final byte[] NOTIFICATION =
      "\"$message_type\":\"artifact\"".getBytes(StandardCharsets.UTF_8);

  private RustcRunner() {}

  /// Runs `call` exactly as cargo made it.
  ///
  /// @return rustc's exit code
  public static int runAsAsked(RustcCall call) throws IOException {
    return await(builder(call, call.arguments().raw()).inheritIO().start());
  }

  /// How a call ended.
  ///
  /// @param exitCode rustc's own
  /// @param times from its start to its end
  /// @param held of a call that failed: what it said from its first error on, not yet shown
  record Ended(int exitCode, OwnTime.Times times, HeldErrors held) {}

  /// Runs `call` with other arguments. What rustc says passes through live up to its first error,
  /// which may be the fault of these arguments.
  ///
  /// @param from the folder that notifications would name
  /// @param to the folder that they name instead
  static Ended run(RustcCall call, List<String> arguments, Path from, Path to) throws IOException {
    boolean json =
        call.arguments().values("--json").stream().anyMatch(v -> v.contains("artifacts"));
    var builder = builder(call, arguments);
    builder.inheritIO();
    if (json) {
      builder.redirectError(ProcessBuilder.Redirect.PIPE);
    }
    var process = builder.start();
    var time = OwnTime.of(process);
    var held = new HeldErrors();
    if (json) {
      rewrite(process.getErrorStream(), System.err, held, from.toString(), to.toString());
    }
    int exitCode = await(process);
    if (exitCode == 0) {
      held.release(System.err);
    }
    return new Ended(exitCode, time.end(), held);
  }

  /// Runs `call` with other arguments and keeps what it says to itself.
  static Processes.Result runSilently(RustcCall call, List<String> arguments) throws IOException {
    var command = new ArrayList<>(call.compiler());
    command.addAll(arguments);
    return Processes.run(
        command,
        Optional.of(call.directory()),
        Map.of(),
        List.of("CARGO_MAKEFLAGS", "MAKEFLAGS"),
        24 * 3600);
  }

  private static ProcessBuilder builder(RustcCall call, List<String> arguments) {
    var command = new ArrayList<>(call.compiler());
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).directory(call.directory().toFile());
    JobServer.forChild(builder.environment());
    return builder;
  }

  private static int await(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /// Copies line by line, changing `from` to `to` in artifact notifications, up to the first error.
  static void rewrite(InputStream in, OutputStream out, HeldErrors held, String from, String to)
      throws IOException {
    var source = new BufferedInputStream(in, 1 << 16);
    var line = new ByteArrayOutputStream();
    var before = escape(from);
    var after = escape(to);
    int c;
    while ((c = source.read()) >= 0) {
      line.write(c);
      if (c == '\n') {
        emit(line, out, held, before, after);
      }
    }
    emit(line, out, held, before, after);
  }

  private static void emit(
      ByteArrayOutputStream line, OutputStream out, HeldErrors held, String from, String to)
      throws IOException {
    var bytes = line.toByteArray();
    line.reset();
    if (held.takes(bytes)) {
      return;
    }
    if (contains(bytes, NOTIFICATION)) {
      bytes =
          new String(bytes, StandardCharsets.UTF_8)
              .replace(from, to)
              .getBytes(StandardCharsets.UTF_8);
    }
    out.write(bytes);
    out.flush();
  }

  private static boolean contains(byte[] bytes, byte[] part) {
    int end = Math.min(bytes.length - part.length, 64);
    for (int i = 0; i <= end; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }

  private static String escape(String path) {
    return path.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
