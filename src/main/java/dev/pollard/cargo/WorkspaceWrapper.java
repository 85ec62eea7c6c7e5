package dev.pollard.cargo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.toml.TomlMapper;

/// The `rustc-workspace-wrapper` that cargo would use, found as cargo finds it.
///
/// @param program the wrapper, by absolute path or by a name on `PATH`
public record WorkspaceWrapper(String program) {
  /// Whether it is Pollard's own, or the script that `pollard init` leaves.
  public boolean isPollard() {
    return Path.of(program).getFileName().toString().equals(WrapperScript.NAME);
  }

  /// The environment first, then the configuration files from `directory` upwards, then the one in
  /// cargo's home folder. An empty value switches a wrapper off.
  public static Optional<WorkspaceWrapper> find(Map<String, String> environment, Path directory) {
    for (var variable : List.of("RUSTC_WORKSPACE_WRAPPER", "CARGO_BUILD_RUSTC_WORKSPACE_WRAPPER")) {
      var value = environment.get(variable);
      if (value != null) {
        return wrapper(value);
      }
    }
    for (var file : configurations(environment, directory)) {
      var value = configured(file);
      if (value.isPresent()) {
        return wrapper(value.get());
      }
    }
    return Optional.empty();
  }

  private static Optional<WorkspaceWrapper> wrapper(String program) {
    return program.isEmpty() ? Optional.empty() : Optional.of(new WorkspaceWrapper(program));
  }

  /// All of cargo's configuration files that apply in `directory`, the strongest first.
  static List<Path> configurations(Map<String, String> environment, Path directory) {
    var files = new ArrayList<Path>();
    var folder = Optional.of(directory.toAbsolutePath().normalize());
    while (folder.isPresent()) {
      configuration(folder.get().resolve(".cargo")).ifPresent(files::add);
      folder = Optional.ofNullable(folder.get().getParent());
    }
    var home = environment.getOrDefault("CARGO_HOME", "");
    var cargoHome =
        home.isEmpty()
            ? Path.of(environment.getOrDefault("HOME", "/"), ".cargo")
            : directory.resolve(home);
    configuration(cargoHome).filter(f -> !files.contains(f)).ifPresent(files::add);
    return files;
  }

  /// The configuration file in a `.cargo` folder: an old `config` without extension wins.
  static Optional<Path> configuration(Path folder) {
    for (var name : List.of("config", "config.toml")) {
      var file = folder.resolve(name);
      if (Files.isRegularFile(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /// What one file says, a path in it made absolute.
  static Optional<String> configured(Path file) {
    try {
      var text = Files.readString(file);
      if (!text.contains("rustc-workspace-wrapper")) {
        return Optional.empty();
      }
      var value = new TomlMapper().readTree(text).path("build").path("rustc-workspace-wrapper");
      return value.isString() ? Optional.of(resolve(file, value.asString())) : Optional.empty();
    } catch (IOException | JacksonException e) {
      // cargo reads the same file and says what is wrong with it.
      return Optional.empty();
    }
  }

  /// A program with a slash counts from the folder that holds `.cargo`.
  private static String resolve(Path file, String program) {
    if (!program.contains("/")) {
      return program;
    }
    var folder =
        Optional.ofNullable(file.getParent()).flatMap(p -> Optional.ofNullable(p.getParent()));
    return folder.map(f -> f.resolve(program).normalize().toString()).orElse(program);
  }
}
