package dev.pollard.build;

import dev.pollard.capture.RustcArguments;
import dev.pollard.diagnostic.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The dep-info file of one rustc call, by which cargo knows when to make the call again. cargo
/// reads the files of the first rule, and the values that environment variables had.
public final class DepInfoFile {
  private DepInfoFile() {}

  /// Makes cargo call rustc again when one of `files` changes or one of `variables` has another
  /// value. Nothing happens when the call leaves no such file.
  ///
  /// @param variables from name to value, empty for a variable that is not set
  public static void add(
      RustcArguments call, List<Path> files, Map<String, Optional<String>> variables)
      throws IOException {
    var folder = call.outDir();
    if (folder.isEmpty() || !call.emits().contains("dep-info")) {
      return;
    }
    var file =
        Path.of(folder.get()).resolve(call.crateName().orElse("") + call.extraFilename() + ".d");
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      return;
    }
    try {
      var changed = Files.createTempFile(file.toAbsolutePath().getParent(), ".pollard", ".d");
      try {
        Files.writeString(changed, added(text, files, variables));
        Publisher.move(changed, file);
      } finally {
        Files.deleteIfExists(changed);
      }
    } catch (IOException e) {
      throw new IOException("cannot write " + file + ": " + FileProblem.of(e), e);
    }
  }

  /// rustc's text with the folder that its rules name changed.
  static String moved(String text, String from, String to) {
    return text.lines()
        .map(l -> l.startsWith(from) ? to + l.substring(from.length()) : l)
        .map(l -> l + "\n")
        .collect(Collectors.joining());
  }

  static String added(String text, List<Path> files, Map<String, Optional<String>> variables) {
    var paths = files.stream().map(f -> f.toString().replace(" ", "\\ ")).toList();
    var lines = new ArrayList<String>();
    boolean done = paths.isEmpty();
    for (var line : text.lines().toList()) {
      if (!done && line.contains(": ") && !line.startsWith("#")) {
        lines.add(line + " " + String.join(" ", paths));
        done = true;
      } else {
        lines.add(line);
      }
    }
    paths.forEach(p -> lines.add("\n" + p + ":"));
    variables.forEach((name, value) -> lines.add(environmentDependency(name, value)));
    return lines.stream().map(l -> l + "\n").collect(Collectors.joining());
  }

  /// An `env-dep` line, escaped as rustc does it (`write_out_deps` in `rustc_interface`).
  private static String environmentDependency(String name, Optional<String> value) {
    return "# env-dep:"
        + name
        + value
            .map(v -> "=" + v.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r"))
            .orElse("");
  }
}
