package dev.pollard.cargo;

import dev.pollard.build.TargetFolder;
import dev.pollard.toolchain.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One `cargo build` as the project has it, without Pollard's wrapper, but with the debug info that
/// tells what code belongs to; and what cargo says of what it made.
public final class PlainBuild {
  /// Flags of `cargo build` that `cargo metadata` has too.
  private static final Set<String> FEATURE_FLAGS =
      Set.of("--all-features", "--no-default-features", "--offline", "--locked", "--frozen");

  private static final Set<String> FEATURE_OPTIONS = Set.of("-F", "--features", "--config", "-Z");

  private static final long METADATA_SECONDS = 120;

  private final CargoArguments arguments;
  private final Map<String, String> environment;
  private final Cargo.Console console;
  private BuiltArtifacts built = BuiltArtifacts.NONE;

  /// A program that was built.
  ///
  /// @param name as cargo calls it
  /// @param file where it lies
  /// @param manifest its package's `Cargo.toml`
  /// @param triple the target; empty for the host's
  public record Program(String name, Path file, Path manifest, String triple) {}

  /// @param environment this process's
  public PlainBuild(
      CargoArguments arguments, Map<String, String> environment, Cargo.Console console) {
    this.arguments = arguments;
    this.environment = Map.copyOf(environment);
    this.console = console;
  }

  /// Builds.
  ///
  /// @return cargo's exit code
  /// @throws IOException when cargo cannot be started
  public int run() throws IOException {
    var command = new ArrayList<>(List.of(Cargo.program(arguments, environment)));
    command.addAll(arguments.commandLine(List.of("--message-format=json-render-diagnostics")));
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(debugInfo());
    var run = BuiltArtifacts.run(builder, console.err());
    built = run.built();
    return run.exitCode();
  }

  private Map<String, String> debugInfo() {
    var prefix = arguments.profileVariables();
    return Map.of(prefix + "DEBUG", "2", prefix + "STRIP", "none");
  }

  /// What was built, in cargo's order.
  public List<Program> programs() {
    return built.list().stream()
        .map(a -> new Program(a.name(), a.file(), a.manifest(), triple(a.file())))
        .toList();
  }

  /// Where build scripts wrote, the program's own and those of what it depends on.
  public List<Path> scriptFolders() {
    return built.scriptFolders();
  }

  /// The target of an artifact, by where cargo puts it: `TARGET/release/…` below the target folder.
  private String triple(Path file) {
    var folder = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
    var below = TargetFolder.of(folder).relativize(file.toAbsolutePath().normalize());
    var first = below.getName(0).toString();
    var profile = arguments.profile();
    var name = profile.equals("dev") || profile.equals("test") ? "debug" : profile;
    return first.equals(name) ? "" : first;
  }

  /// The crates that a program is built from, build scripts and procedural macros left out.
  ///
  /// @throws IOException when cargo does not tell
  public CrateGraph crates(Program program) throws IOException {
    var command = new ArrayList<>(List.of(Cargo.program(arguments, environment)));
    arguments.toolchain().ifPresent(command::add);
    command.addAll(List.of("metadata", "--format-version", "1"));
    command.addAll(List.of("--manifest-path", program.manifest().toString()));
    if (!program.triple().isEmpty()) {
      command.addAll(List.of("--filter-platform", program.triple()));
    }
    command.addAll(featureWords());
    var result =
        Processes.run(command, Optional.empty(), new HashMap<>(), List.of(), METADATA_SECONDS);
    if (!result.succeeded()) {
      throw new IOException("cargo metadata: " + result.firstError());
    }
    return CrateGraph.parse(result.output(), program.manifest());
  }

  private List<String> featureWords() {
    var words = new ArrayList<String>();
    var given = CargoArguments.atEnd(arguments.words()).getFirst();
    for (int i = 0; i < given.size(); i++) {
      var word = given.get(i);
      var name = word.startsWith("--") ? word.replaceFirst("=.*", "") : word;
      if (FEATURE_FLAGS.contains(word)) {
        words.add(word);
      } else if (FEATURE_OPTIONS.contains(name) || word.startsWith("-Z")) {
        words.add(word);
        if (FEATURE_OPTIONS.contains(word) && i + 1 < given.size()) {
          words.add(given.get(++i));
        }
      } else if (CargoArguments.takesValue(word)) {
        i++;
      }
    }
    return words;
  }
}
