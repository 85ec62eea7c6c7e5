package dev.pollard.cli;

import dev.pollard.cargo.ConfigEdit;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `pollard init`: sets the wrapper and the profile in a project's `.cargo/config.toml`, so that
/// plain cargo gives pruned artifacts.
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    header = "Let plain cargo give pruned artifacts in this project.",
    description = {
      "Writes the wrapper and the profile into .cargo/config.toml, each line marked, and a script",
      ".cargo/pollard-rustc that calls Pollard where it is installed and rustc where it is not.",
      "Commit both: a teammate without Pollard builds as before."
    })
public final class InitCommand implements Callable<Integer> {
  /// The script; `@CHAIN@` is the wrapper that was there before.
  private static final String SCRIPT =
      """
      #!/bin/sh
      # Written by pollard init. Calls Pollard where it is installed, and rustc where it is not.
      chain='@CHAIN@'
      if [ -n "$chain" ] && [ -z "${POLLARD_CHAIN:-}" ]; then
        export POLLARD_CHAIN="$chain"
      fi
      home=${POLLARD_HOME:-}
      if [ -z "$home" ]; then
        self=$(command -v pollard 2> /dev/null)
        while [ -h "$self" ]; do
          link=$(readlink "$self")
          case $link in
            /*) self=$link ;;
            *) self=${self%/*}/$link ;;
          esac
        done
        home=${self%/*}
      fi
      if [ -n "$home" ] && [ -x "$home/pollard-rustc" ]; then
        exec "$home/pollard-rustc" "$@"
      fi
      exec ${chain:+"$chain"} "$@"
      """;

  @Spec private CommandSpec spec;

  @Option(names = "--undo", description = "take back what init wrote")
  private boolean undo;

  @Option(names = "--manifest-path", paramLabel = "FILE", description = "the project's Cargo.toml")
  private Optional<Path> manifest = Optional.empty();

  @Override
  public Integer call() {
    Path file = manifest.orElse(Path.of("Cargo.toml")).toAbsolutePath();
    PrintWriter errors = spec.commandLine().getErr();
    if (!Files.isRegularFile(file)) {
      errors.println("error: " + file + " does not exist: run init in a project's own folder");
      return ExitCode.FAILED;
    }
    Path folder = Optional.ofNullable(file.getParent()).orElse(Path.of("/")).resolve(".cargo");
    if (Files.exists(folder.resolve("config"))) {
      errors.println(
          "error: " + folder.resolve("config") + " has cargo's old name: rename it to config.toml");
      return ExitCode.FAILED;
    }
    Path config = folder.resolve("config.toml");
    try {
      return undo ? takeBack(folder, config) : write(folder, config);
    } catch (IllegalArgumentException e) {
      errors.println("error: " + config + ": " + e.getMessage() + "; nothing was changed");
      return ExitCode.FAILED;
    } catch (IOException e) {
      errors.println("error: cannot write " + config + ": " + e.getMessage());
      return ExitCode.FAILED;
    }
  }

  private int write(Path folder, Path config) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    String text = Files.exists(config) ? Files.readString(config) : "";
    if (ConfigEdit.isDone(text)) {
      out.println(config + " has Pollard's lines already");
      return ExitCode.DONE;
    }
    String changed = ConfigEdit.add(text);
    Files.createDirectories(folder);
    Path script = folder.resolve("pollard-rustc");
    String chain = ConfigEdit.replacedWrapper(changed).orElse("");
    replace(script, SCRIPT.replace("@CHAIN@", chain.replace("'", "'\\''")), true);
    replace(config, changed, false);
    out.println("wrote " + config + " and " + script);
    out.println(
        "cargo build --release now gives pruned artifacts; pollard init --undo takes it back");
    return ExitCode.DONE;
  }

  private int takeBack(Path folder, Path config) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    String text = Files.exists(config) ? Files.readString(config) : "";
    if (!ConfigEdit.isDone(text)) {
      out.println(config + " has no lines of Pollard's");
      return ExitCode.DONE;
    }
    String before = ConfigEdit.remove(text);
    if (before.isEmpty()) {
      Files.delete(config);
    } else {
      replace(config, before, false);
    }
    Files.deleteIfExists(folder.resolve("pollard-rustc"));
    try (var rest = Files.list(folder)) {
      if (rest.findAny().isEmpty()) {
        Files.delete(folder);
      }
    }
    out.println("took back what init wrote in " + config);
    return ExitCode.DONE;
  }

  private static void replace(Path file, String text, boolean executable) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path temporary = Files.createTempFile(folder, ".pollard", ".tmp");
    Files.writeString(temporary, text);
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(
          temporary, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
