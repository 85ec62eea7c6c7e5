package dev.pollard.cargo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// cargo's part of a command line: handed on word for word, and read only as far as Pollard must
/// know what cargo will do.
///
/// @param subcommand what cargo is asked for
/// @param toolchain rustup's `+toolchain`, with the plus
/// @param words everything else, in order, `--` and what follows it included
/// @param dev whether `--dev` asked for cargo's own default profile
public record CargoArguments(
    Subcommand subcommand, Optional<String> toolchain, List<String> words, boolean dev) {
  private static final String END = "--";

  /// cargo's options that take the next word as their value.
  private static final Set<String> TAKES_VALUE =
      Set.of(
          "-p",
          "-F",
          "-j",
          "-Z",
          "--package",
          "--exclude",
          "--bin",
          "--example",
          "--test",
          "--bench",
          "--features",
          "--jobs",
          "--profile",
          "--target",
          "--target-dir",
          "--artifact-dir",
          "--out-dir",
          "--message-format",
          "--color",
          "--config",
          "--lockfile-path",
          "--manifest-path",
          "--root",
          "--version",
          "--git",
          "--branch",
          "--tag",
          "--rev",
          "--path",
          "--registry",
          "--index");

  public CargoArguments {
    words = List.copyOf(words);
  }

  /// Takes the words that are cargo's; a `+toolchain` may come first.
  public static CargoArguments of(Subcommand subcommand, List<String> words, boolean dev) {
    if (!words.isEmpty() && words.getFirst().startsWith("+")) {
      return new CargoArguments(
          subcommand, Optional.of(words.getFirst()), words.subList(1, words.size()), dev);
    }
    return new CargoArguments(subcommand, Optional.empty(), words, dev);
  }

  /// Whether `word` is an option of cargo's whose value is the word after it.
  public static boolean takesValue(String word) {
    return TAKES_VALUE.contains(word);
  }

  /// The words before the first `--`, and those after it.
  public static List<List<String>> atEnd(List<String> words) {
    int end = words.indexOf(END);
    return end < 0
        ? List.of(words, List.of())
        : List.of(words.subList(0, end), words.subList(end + 1, words.size()));
  }

  /// The last value of an option before `--`.
  Optional<String> value(String... names) {
    Optional<String> found = Optional.empty();
    for (int i = 0; i < words.size() && !words.get(i).equals(END); i++) {
      var word = words.get(i);
      for (var name : names) {
        if (word.equals(name) && i + 1 < words.size()) {
          found = Optional.of(words.get(i + 1));
        } else if (name.startsWith("--") && word.startsWith(name + "=")) {
          found = Optional.of(word.substring(name.length() + 1));
        }
      }
      if (takesValue(word)) {
        i++;
      }
    }
    return found;
  }

  /// The same without an option and its value.
  ///
  /// @param name of an option that takes a value, such as `--target-dir`
  CargoArguments without(String name) {
    var kept = new ArrayList<String>();
    int end = words.indexOf(END);
    for (int i = 0; i < words.size(); i++) {
      boolean before = end < 0 || i < end;
      if (before && words.get(i).equals(name)) {
        i++;
      } else if (!before || !words.get(i).startsWith(name + "=")) {
        kept.add(words.get(i));
      }
    }
    return new CargoArguments(subcommand, toolchain, kept, dev);
  }

  /// Whether a flag is there, also as one letter of several (`-vr`).
  boolean has(String name, char letter) {
    for (int i = 0; i < words.size() && !words.get(i).equals(END); i++) {
      var word = words.get(i);
      if (word.equals(name) || hasLetter(word, letter)) {
        return true;
      }
      if (takesValue(word)) {
        i++;
      }
    }
    return false;
  }

  /// Whether flags behind one dash have this one among them. A letter that takes a value takes the
  /// rest of the word: `-pserver` is `-p server`.
  private static boolean hasLetter(String word, char letter) {
    if (!word.startsWith("-") || word.startsWith("--")) {
      return false;
    }
    for (int i = 1; i < word.length(); i++) {
      if (word.charAt(i) == letter) {
        return true;
      }
      if (takesValue("-" + word.charAt(i))) {
        return false;
      }
    }
    return false;
  }

  /// The profile that cargo will build with.
  public String profile() {
    var named = value("--profile");
    if (named.isPresent()) {
      return named.get();
    }
    if (has("--release", 'r')) {
      return "release";
    }
    boolean debug = dev || (subcommand == Subcommand.INSTALL && has("--debug", '\0'));
    return debug ? "dev" : subcommand.defaultProfile();
  }

  /// What the environment variables begin with that change the profile, such as
  /// `CARGO_PROFILE_RELEASE_`.
  String profileVariables() {
    return "CARGO_PROFILE_" + profile().toUpperCase(Locale.ROOT).replace('-', '_') + "_";
  }

  private boolean namesProfile() {
    return dev || value("--profile").isPresent() || has("--release", 'r');
  }

  /// The message format that the user asked for.
  public Optional<String> messageFormat() {
    return value("--message-format");
  }

  /// Whether cargo is asked to be quiet.
  public boolean isQuiet() {
    return has("--quiet", 'q');
  }

  /// Whether cargo is asked to say more.
  public boolean isVerbose() {
    return has("--verbose", 'v');
  }

  /// `--color`.
  public Optional<String> color() {
    return value("--color");
  }

  /// Whether a target is named: its programs may not run here.
  public boolean namesTarget() {
    return value("--target").isPresent();
  }

  /// `--manifest-path`, or for `install` the folder in `--path`.
  public Optional<Path> manifestFolder() {
    if (subcommand == Subcommand.INSTALL) {
      return value("--path").map(Path::of);
    }
    return value("--manifest-path")
        .map(p -> Path.of(p).toAbsolutePath())
        .flatMap(p -> Optional.ofNullable(p.getParent()));
  }

  /// The words for cargo, without cargo itself.
  ///
  /// @param options what Pollard adds, before the user's own
  List<String> commandLine(List<String> options) {
    var line = new ArrayList<String>();
    toolchain.ifPresent(line::add);
    line.add(subcommand.word());
    if (!namesProfile() && !subcommand.defaultFlag().isEmpty()) {
      line.add(subcommand.defaultFlag());
    }
    line.addAll(options);
    line.addAll(words);
    return line;
  }
}
