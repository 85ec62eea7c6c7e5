package dev.pollard.llvm;

import dev.pollard.pass.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Finds the libLLVM that the `rustc` on the path loads, for tests. `-Dpollard.llvm=PATH` names
/// another one.
public final class TestLlvm {
  private TestLlvm() {}

  /// The library by absolute path.
  public static Path library() {
    String named = System.getProperty("pollard.llvm", "");
    if (!named.isEmpty()) {
      return Path.of(named);
    }
    Path lib = Path.of(run(List.of("rustc", "--print", "sysroot")).strip(), "lib");
    try (Stream<Path> files = Files.list(lib)) {
      return files
          .filter(f -> f.getFileName().toString().startsWith("libLLVM.so."))
          .findFirst()
          .orElseGet(TestLlvm::system);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Starts the library with the options that passes rely on, unless this process has started it
  /// already.
  public static void start() {
    LibLlvm.start(library(), Pipeline.LLVM_OPTIONS);
  }

  /// Runs a program and returns what it writes.
  public static String run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw new IllegalStateException(command + " ended with " + code + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Path system() {
    String sysroot = run(List.of("rustc", "--print", "sysroot")).strip();
    return run(List.of("ldd", sysroot + "/bin/rustc"))
        .lines()
        .filter(l -> l.contains("libLLVM"))
        .map(l -> Path.of(l.substring(l.indexOf("=>") + 2, l.indexOf('(')).strip()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("rustc loads no libLLVM"));
  }
}
