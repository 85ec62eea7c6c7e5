package dev.pollard.capture;

import dev.pollard.toolchain.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Runs a link command as rustc does.
public final class Linker {
  /// How long a link may take, seconds.
  private static final long TIME_LIMIT = 600;

  private Linker() {}

  /// Links, with a response file when the command is too long for the system, as rustc does
  /// (`exec_linker` in rustc's `link.rs`).
  ///
  /// @param scratch a folder for the response file
  /// @throws IOException when the linker cannot be started, or hangs
  public static Processes.Result run(LinkCommand link, Path scratch) throws IOException {
    try {
      return start(link, link.arguments());
    } catch (IOException e) {
      var message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
      if (!message.contains("too long") && !message.contains("error=7")) {
        throw e;
      }
      return start(link, viaResponseFile(link.arguments(), scratch));
    }
  }

  /// Links what was captured with another object and to another place.
  ///
  /// @throws IOException as [#run] does
  public static Processes.Result again(Capture capture, Path object, Path artifact)
      throws IOException {
    return run(
        capture.link().with(capture.stockObject(), object, capture.stockArtifact(), artifact),
        capture.directory());
  }

  private static Processes.Result start(LinkCommand link, List<String> arguments)
      throws IOException {
    return Processes.run(
        resolve(arguments, link),
        Optional.of(link.workingDirectory()),
        link.environment(),
        link.removedEnvironment(),
        TIME_LIMIT);
  }

  /// Java looks a program up on its own `PATH`; rustc's `PATH` for the linker is another, with the
  /// sysroot's tools (`rust-lld`) first.
  private static List<String> resolve(List<String> arguments, LinkCommand link) {
    var program = arguments.getFirst();
    var path = link.environment().getOrDefault("PATH", "");
    if (program.contains("/") || path.isEmpty()) {
      return arguments;
    }
    for (var folder : path.split(":", -1)) {
      var candidate = Path.of(folder.isEmpty() ? "." : folder, program);
      if (Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
        var resolved = new ArrayList<>(arguments);
        resolved.set(0, candidate.toString());
        return resolved;
      }
    }
    return arguments;
  }

  static List<String> viaResponseFile(List<String> arguments, Path scratch) throws IOException {
    var shortened = new ArrayList<>(List.of(arguments.getFirst()));
    int from = 1;
    // A flavour chooses what lld is before it reads a response file.
    if (arguments.size() > 3 && arguments.get(1).equals("-flavor")) {
      shortened.addAll(arguments.subList(1, 3));
      from = 3;
    }
    var text = new StringBuilder();
    for (var argument : arguments.subList(from, arguments.size())) {
      for (int i = 0; i < argument.length(); i++) {
        char c = argument.charAt(i);
        if (c == '\\' || c == ' ' || c == '"' || c == '\'' || c == '\t' || c == '\n') {
          text.append('\\');
        }
        text.append(c);
      }
      text.append('\n');
    }
    var file = Files.createTempFile(scratch, "linker-arguments", "");
    Files.writeString(file, text, StandardCharsets.UTF_8);
    shortened.add("@" + file);
    return shortened;
  }
}
