package dev.pollard.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What one place says about the settings, as text: a manifest, the environment, the command line,
/// or several of them laid over each other.
///
/// @param values what is said; a setting that nobody mentions has no entry
public record SettingsLayer(Map<Setting, List<Value>> values) {
  /// A layer that says nothing.
  public static final SettingsLayer EMPTY = new SettingsLayer(Map.of());

  /// One value.
  ///
  /// @param text the value as written
  /// @param origin where it stands, such as `--effort` or `Cargo.toml: package.metadata…`
  public record Value(String text, String origin) {}

  public SettingsLayer {
    var copy = new EnumMap<Setting, List<Value>>(Setting.class);
    values.forEach((setting, list) -> {
      if (!list.isEmpty()) {
        copy.put(setting, List.copyOf(list));
      }
    });
    values = Collections.unmodifiableMap(copy);
  }

  /// What the environment says: one variable per setting, an empty one being none.
  ///
  /// @param directory what a relative path counts from
  public static SettingsLayer ofEnvironment(Map<String, String> environment, Path directory) {
    var values = new EnumMap<Setting, List<Value>>(Setting.class);
    for (var setting : Setting.values()) {
      var text = environment.getOrDefault(setting.variable(), "");
      values.put(setting, read(setting, text, setting.variable(), directory));
    }
    return new SettingsLayer(values);
  }

  private static List<Value> read(Setting setting, String text, String origin, Path directory) {
    if (text.isEmpty()) {
      return List.of();
    }
    return switch (setting.kind()) {
      case TEXT, SWITCH -> List.of(new Value(text, origin));
      case PATH -> List.of(new Value(directory.resolve(text).toString(), origin));
      case LIST ->
          Arrays.stream(text.split("\n", -1))
              .filter(t -> !t.isEmpty())
              .map(t -> new Value(t, origin))
              .toList();
    };
  }

  /// This layer under `upper`: a setting of `upper` wins, but lists add up.
  public SettingsLayer under(SettingsLayer upper) {
    var merged = new EnumMap<Setting, List<Value>>(Setting.class);
    merged.putAll(values);
    upper.values.forEach((setting, list) -> {
      var all = new ArrayList<Value>();
      if (setting.kind() == Setting.Kind.LIST) {
        all.addAll(merged.getOrDefault(setting, List.of()));
      }
      all.addAll(list);
      merged.put(setting, all);
    });
    return new SettingsLayer(merged);
  }

  /// This layer as variables for a process that reads them with [#ofEnvironment].
  public Map<String, String> toEnvironment() {
    var variables = new TreeMap<String, String>();
    values.forEach((setting, list) ->
        variables.put(
            setting.variable(), list.stream().map(Value::text).collect(Collectors.joining("\n"))));
    return variables;
  }

  /// The value of a setting that has at most one.
  Optional<Value> one(Setting setting) {
    var list = list(setting);
    return list.isEmpty() ? Optional.empty() : Optional.of(list.getLast());
  }

  /// All values of a setting.
  List<Value> list(Setting setting) {
    return values.getOrDefault(setting, List.of());
  }
}
