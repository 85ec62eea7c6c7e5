package dev.pollard.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The command line of one rustc call, read as rustc's own option parser reads it: `-C name=value`,
/// `-Cname=value`, `--codegen name=value` and `@file` all count, and the last of two wins.
///
/// @param raw the arguments as given, without the compiler
/// @param expanded the same with each `@file` replaced by its lines
public record RustcArguments(List<String> raw, List<String> expanded) {
  private static final Set<String> TAKES_VALUE =
      Set.of(
          "-C",
          "--codegen",
          "-Z",
          "-L",
          "-l",
          "-o",
          "-A",
          "-W",
          "-D",
          "-F",
          "--allow",
          "--warn",
          "--deny",
          "--forbid",
          "--force-warn",
          "--cap-lints",
          "--cfg",
          "--check-cfg",
          "--crate-type",
          "--crate-name",
          "--edition",
          "--emit",
          "--print",
          "--explain",
          "--target",
          "--out-dir",
          "--extern",
          "--sysroot",
          "--error-format",
          "--json",
          "--color",
          "--diagnostic-width",
          "--remap-path-prefix",
          "--remap-path-scope",
          "--env-set");

  public RustcArguments {
    raw = List.copyOf(raw);
    expanded = List.copyOf(expanded);
  }

  /// Reads a command line; response files are read from `directory`.
  ///
  /// @throws IOException when a response file cannot be read
  public static RustcArguments parse(List<String> arguments, Path directory) throws IOException {
    var expanded = new ArrayList<String>();
    for (var argument : arguments) {
      if (argument.startsWith("@") && !argument.startsWith("@shell:")) {
        expanded.addAll(Files.readAllLines(directory.resolve(argument.substring(1))));
      } else {
        expanded.add(argument);
      }
    }
    return new RustcArguments(arguments, expanded);
  }

  /// Every value of an option, in order, whichever way it is spelled.
  ///
  /// @param names all spellings, such as `--codegen` and `-C`
  public List<String> values(String... names) {
    var found = new ArrayList<String>();
    for (int i = 0; i < expanded.size(); i++) {
      var argument = expanded.get(i);
      for (var name : names) {
        if (argument.equals(name)) {
          if (i + 1 < expanded.size()) {
            found.add(expanded.get(i + 1));
          }
        } else if (name.startsWith("--")
            ? argument.startsWith(name + "=")
            : argument.startsWith(name) && !argument.startsWith("--")) {
          var value = argument.substring(name.length());
          found.add(value.startsWith("=") ? value.substring(1) : value);
        }
      }
      if (TAKES_VALUE.contains(argument)) {
        i++;
      }
    }
    return found;
  }

  /// Whether a flag without value, such as `--test`, is there.
  public boolean has(String flag) {
    for (int i = 0; i < expanded.size(); i++) {
      if (expanded.get(i).equals(flag)) {
        return true;
      }
      if (TAKES_VALUE.contains(expanded.get(i))) {
        i++;
      }
    }
    return false;
  }

  /// The last value of a code generation option; an option without `=` has the value `""`.
  public Optional<String> codegen(String name) {
    return last(values("-C", "--codegen"), name);
  }

  /// Every value of a code generation option that may be repeated, such as `llvm-args`.
  public List<String> codegenAll(String name) {
    return values("-C", "--codegen").stream()
        .filter(o -> optionName(o).equals(name))
        .map(RustcArguments::optionValue)
        .toList();
  }

  /// The last value of an unstable option.
  public Optional<String> unstable(String name) {
    return last(values("-Z"), name);
  }

  /// The names of all unstable options, with `-` for `_`.
  public Set<String> unstableNames() {
    var names = new TreeSet<String>();
    values("-Z").forEach(o -> names.add(optionName(o)));
    return names;
  }

  /// The names of all code generation options, with `-` for `_`.
  public Set<String> codegenNames() {
    var names = new TreeSet<String>();
    values("-C", "--codegen").forEach(o -> names.add(optionName(o)));
    return names;
  }

  /// Whether a code generation option that is a switch is on.
  public boolean codegenOn(String name) {
    return codegen(name).map(RustcArguments::isYes).orElse(false);
  }

  /// `true`, `yes`, `on`, `y` and an option without a value mean yes.
  static boolean isYes(String value) {
    return switch (value) {
      case "", "y", "yes", "on", "true" -> true;
      default -> false;
    };
  }

  /// `--crate-name`.
  public Optional<String> crateName() {
    return lastOf(values("--crate-name"));
  }

  /// Every `--crate-type`; rustc also takes them separated by commas.
  public List<String> crateTypes() {
    return values("--crate-type").stream().flatMap(v -> List.of(v.split(",")).stream()).toList();
  }

  /// Every part of `--emit`, such as `dep-info` or `link`, a path (`asm=x.s`) included.
  public List<String> emits() {
    return values("--emit").stream().flatMap(v -> List.of(v.split(",")).stream()).toList();
  }

  /// `--out-dir`.
  public Optional<String> outDir() {
    return lastOf(values("--out-dir"));
  }

  /// `--target`, a triple or a path to a JSON file.
  public Optional<String> target() {
    return lastOf(values("--target"));
  }

  /// The target as rustc and cargo call it: a triple, or the name of a JSON file without its
  /// ending.
  public Optional<String> targetName() {
    return target()
        .map(t -> t.endsWith(".json") ? String.valueOf(Path.of(t).getFileName()) : t)
        .map(t -> t.replaceFirst("\\.json$", ""));
  }

  /// `-C opt-level`, `-O` meaning 3 as it does since rustc 1.86.
  public String optLevel() {
    return codegen("opt-level").orElse(has("-O") ? "3" : "0");
  }

  /// `-C extra-filename`.
  public String extraFilename() {
    return codegen("extra-filename").orElse("");
  }

  /// What `-C lto` asks for: `fat`, `thin`, or `off`.
  public String lto() {
    return codegen("lto")
        .map(v ->
            switch (v) {
              case "", "fat", "y", "yes", "on", "true" -> "fat";
              case "thin" -> "thin";
              default -> "off";
            })
        .orElse("off");
  }

  /// The raw command line with `--out-dir` changed; an `@file` that holds it is expanded.
  public List<String> withOutDir(String directory) {
    var source =
        raw.contains("--out-dir") || raw.stream().anyMatch(a -> a.startsWith("--out-dir="))
            ? raw
            : expanded;
    var changed = new ArrayList<>(source);
    for (int i = 0; i < changed.size(); i++) {
      if (changed.get(i).equals("--out-dir") && i + 1 < changed.size()) {
        changed.set(i + 1, directory);
        i++;
      } else if (changed.get(i).startsWith("--out-dir=")) {
        changed.set(i, "--out-dir=" + directory);
      }
    }
    return changed;
  }

  private static Optional<String> last(List<String> options, String name) {
    return lastOf(
        options.stream()
            .filter(o -> optionName(o).equals(name))
            .map(RustcArguments::optionValue)
            .toList());
  }

  private static Optional<String> lastOf(List<String> values) {
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
  }

  private static String optionName(String option) {
    int equals = option.indexOf('=');
    return (equals < 0 ? option : option.substring(0, equals)).replace('_', '-');
  }

  private static String optionValue(String option) {
    int equals = option.indexOf('=');
    return equals < 0 ? "" : option.substring(equals + 1);
  }
}
