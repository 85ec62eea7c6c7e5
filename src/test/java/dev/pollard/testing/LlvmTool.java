package dev.pollard.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Runs LLVM's command-line tools, the oracles of the readers' tests. A test that needs one that is
/// not installed is skipped, and says so.
public final class LlvmTool {
  private LlvmTool() {}

  /// Where a tool is: the newest of Debian's versioned folders, then PATH.
  public static Optional<Path> find(String tool) {
    var folders = new ArrayList<Path>();
    try (var list = Files.newDirectoryStream(Path.of("/usr/lib"), "llvm-[2-9][0-9]")) {
      list.forEach(folders::add);
    } catch (IOException _) {
      // no such folder on this platform: PATH alone
    }
    folders.sort(Comparator.reverseOrder());
    folders.replaceAll(f -> f.resolve("bin"));
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      folders.add(Path.of(folder));
    }
    return folders.stream().map(f -> f.resolve(tool)).filter(Files::isExecutable).findFirst();
  }

  /// Runs a tool and returns what it prints; fails the test when the tool fails.
  public static String run(String tool, Object... arguments) {
    return run(List.of(), tool, arguments);
  }

  /// Text and data of a file, bytes, as `llvm-size` counts them.
  public static long flash(Path file) {
    String[] fields =
        run("llvm-size", file).lines().skip(1).findFirst().orElseThrow().trim().split("\\s+", -1);
    return Long.parseLong(fields[0]) + Long.parseLong(fields[1]);
  }

  /// As [#run], with lines for its standard input.
  public static String run(List<String> input, String tool, Object... arguments) {
    Optional<Path> found = find(tool);
    assumeTrue(found.isPresent(), tool + " is not installed");
    var command = new ArrayList<String>();
    command.add(found.orElseThrow().toString());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    try {
      Path in = Files.createTempFile("pollard-tool", ".in");
      Path out = Files.createTempFile("pollard-tool", ".out");
      Path err = Files.createTempFile("pollard-tool", ".err");
      try {
        Files.write(in, input);
        int code =
            new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        if (code != 0) {
          throw new AssertionError(command + " failed:\n" + Files.readString(err));
        }
        return Files.readString(out, StandardCharsets.UTF_8);
      } finally {
        Files.delete(in);
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
