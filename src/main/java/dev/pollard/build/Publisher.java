package dev.pollard.build;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Moves finished files from the private folder to where cargo expects them, each by one rename: at
/// any moment a reader sees the old file or the new one whole.
final class Publisher {
  private final Path from;
  private final Path to;

  Publisher(Path from, Path to) {
    this.from = from;
    this.to = to;
  }

  /// Publishes all `outputs`, the dep-info last; `replacement` goes out in the place of `replaced`.
  ///
  /// @param extra lines and dependencies that make cargo rebuild when they change
  void publish(List<Path> outputs, Path replaced, Path replacement, DepInfo extra)
      throws IOException {
    for (var output : outputs) {
      var name = output.getFileName().toString();
      if (name.endsWith(".d")) {
        continue;
      }
      move(output.equals(replaced) ? replacement : output, to.resolve(name));
    }
    for (var output : outputs) {
      if (output.getFileName().toString().endsWith(".d")) {
        var text = extra.apply(Files.readString(output), from.toString(), to.toString());
        Files.writeString(output, text);
        move(output, to.resolve(output.getFileName()));
      }
    }
  }

  static void move(Path source, Path target) throws IOException {
    try {
      Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      var beside = Files.createTempFile(target.toAbsolutePath().getParent(), ".pollard", "");
      Files.copy(
          source, beside, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /// What is added to rustc's dep-info file, which cargo reads to know when to call rustc again.
  ///
  /// @param files files whose change makes the artifact stale
  /// @param variables lines such as `# env-dep:NAME=value`
  record DepInfo(List<Path> files, List<String> variables) {
    DepInfo {
      files = List.copyOf(files);
      variables = List.copyOf(variables);
    }

    /// rustc's text with the private folder's name changed and these additions.
    String apply(String text, String from, String to) {
      var added = files.stream().map(f -> f.toString().replace(" ", "\\ ")).toList();
      var rules =
          text.lines()
              .map(l -> l.startsWith(from) ? to + l.substring(from.length()) : l)
              .map(l -> l.startsWith(to) && l.contains(": ") ? l + joined(added) : l)
              .collect(Collectors.joining("\n"));
      var empty = added.stream().map(f -> f + ":\n").collect(Collectors.joining());
      var lines = variables.stream().map(v -> v + "\n").collect(Collectors.joining());
      return rules + "\n" + empty + lines;
    }

    private static String joined(List<String> files) {
      return files.stream().map(f -> " " + f).collect(Collectors.joining());
    }
  }

  /// An `env-dep` line, escaped as rustc does it (`write_out_deps` in `rustc_interface`).
  static String environmentDependency(String name, Optional<String> value) {
    return "# env-dep:"
        + name
        + value
            .map(v -> "=" + v.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r"))
            .orElse("");
  }
}
