package dev.pollard.config;

import dev.pollard.config.SettingsLayer.Value;
import dev.pollard.diagnostic.FileProblem;
import dev.pollard.diagnostic.TomlProblem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/// What a package's manifest says about Pollard: `[package.metadata.pollard]`, and under it
/// `[workspace.metadata.pollard]` of the workspace that the package belongs to.
///
/// @param layer the settings
/// @param manifests every manifest that has a say, the workspace's first
public record PackageMetadata(SettingsLayer layer, List<Path> manifests) {
  private static final String MANIFEST = "Cargo.toml";

  /// A table header that makes a manifest a workspace's root.
  private static final Pattern WORKSPACE =
      Pattern.compile("^[ \\t]*\\[[ \\t]*workspace[ \\t]*[\\].]", Pattern.MULTILINE);

  private static final Pattern WORKSPACE_KEY =
      Pattern.compile("^[ \\t]*workspace[ \\t]*=[ \\t]*[\"']([^\"']+)[\"']", Pattern.MULTILINE);

  public PackageMetadata {
    manifests = List.copyOf(manifests);
  }

  /// Reads the manifest in `folder` and its workspace's.
  ///
  /// A manifest in which the word does not occur is not parsed: most programs have no such table,
  /// and cargo has already read the file.
  public static PackageMetadata read(Path folder) throws SettingsException {
    var manifest = folder.toAbsolutePath().normalize().resolve(MANIFEST);
    var text = text(manifest);
    if (text.isEmpty()) {
      return new PackageMetadata(SettingsLayer.EMPTY, List.of());
    }
    var layer = SettingsLayer.EMPTY;
    var manifests = new ArrayList<Path>();
    var root = workspace(manifest, text.get());
    if (root.isPresent()) {
      manifests.add(root.get());
      layer = layer(root.get(), text(root.get()).orElse(""), "workspace");
    }
    if (!manifests.contains(manifest)) {
      manifests.add(manifest);
    }
    return new PackageMetadata(layer.under(layer(manifest, text.get(), "package")), manifests);
  }

  /// A table within Pollard's own, such as `budget`.
  ///
  /// @param manifest the file
  /// @param path where it stands there, such as `package.metadata.pollard.budget`
  /// @param text of the whole file
  record Section(Path manifest, String path, JsonNode table, String text) {}

  /// The tables of that name that have a say, the workspace's first.
  static List<Section> sections(Path folder, String name) throws SettingsException {
    var manifest = folder.toAbsolutePath().normalize().resolve(MANIFEST);
    var text = text(manifest).orElse("");
    var found = new ArrayList<Section>();
    var root = workspace(manifest, text);
    if (root.isPresent()) {
      section(root.get(), text(root.get()).orElse(""), "workspace", name).ifPresent(found::add);
    }
    section(manifest, text, "package", name).ifPresent(found::add);
    return found;
  }

  private static Optional<Section> section(Path manifest, String text, String owner, String name)
      throws SettingsException {
    if (!text.contains(name)) {
      return Optional.empty();
    }
    var table = table(manifest, text, owner).path(name);
    var path = owner + ".metadata.pollard." + name;
    if (!table.isMissingNode() && !table.isObject()) {
      throw new SettingsException(manifest + ": " + path + " is not a table");
    }
    return table.isMissingNode()
        ? Optional.empty()
        : Optional.of(new Section(manifest, path, table, text));
  }

  private static JsonNode table(Path manifest, String text, String owner) throws SettingsException {
    return parse(manifest, text).path(owner).path("metadata").path("pollard");
  }

  private static JsonNode parse(Path manifest, String text) throws SettingsException {
    try {
      return new TomlMapper().readTree(text);
    } catch (JacksonException e) {
      throw new SettingsException(manifest + ": " + TomlProblem.of(e));
    }
  }

  /// Requires of the manifest in `folder`, and of its workspace's, that they are manifests.
  ///
  /// @throws SettingsException that names the file, and the place in it
  public static void requireManifests(Path folder) throws SettingsException {
    for (var manifest : read(folder).manifests()) {
      var content = parse(manifest, text(manifest).orElse(""));
      if (!content.has("package") && !content.has("workspace")) {
        throw new SettingsException(
            manifest + ": no manifest of cargo's: it has neither [package] nor [workspace]");
      }
    }
  }

  /// The nearest folder with a manifest, from `start` upwards, as cargo finds it.
  public static Optional<Path> enclosing(Path start) {
    var folder = Optional.of(start.toAbsolutePath().normalize());
    while (folder.isPresent()) {
      if (Files.exists(folder.get().resolve(MANIFEST))) {
        return folder;
      }
      folder = Optional.ofNullable(folder.get().getParent());
    }
    return Optional.empty();
  }

  /// The folder of the workspace that the manifest in `folder` belongs to; `folder` itself when
  /// there is none.
  public static Path root(Path folder) throws SettingsException {
    var manifest = folder.toAbsolutePath().normalize().resolve(MANIFEST);
    var root = workspace(manifest, text(manifest).orElse(""));
    return root.flatMap(r -> Optional.ofNullable(r.getParent())).orElse(folder);
  }

  private static Optional<Path> workspace(Path manifest, String text) throws SettingsException {
    if (WORKSPACE.matcher(text).find()) {
      return Optional.of(manifest);
    }
    var folder = Optional.ofNullable(manifest.getParent());
    var named = WORKSPACE_KEY.matcher(text);
    if (named.find() && folder.isPresent()) {
      var root = folder.get().resolve(named.group(1)).normalize().resolve(MANIFEST);
      return Files.exists(root) ? Optional.of(root) : Optional.empty();
    }
    while (true) {
      folder = folder.flatMap(f -> Optional.ofNullable(f.getParent()));
      if (folder.isEmpty()) {
        return Optional.empty();
      }
      var candidate = folder.get().resolve(MANIFEST);
      var content = text(candidate);
      if (content.isPresent() && WORKSPACE.matcher(content.get()).find()) {
        return Optional.of(candidate);
      }
    }
  }

  private static Optional<String> text(Path file) throws SettingsException {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (CharacterCodingException e) {
      throw new SettingsException(file + ": is not UTF-8");
    } catch (IOException e) {
      throw new SettingsException("cannot read " + FileProblem.of(e));
    }
  }

  private static SettingsLayer layer(Path manifest, String text, String owner)
      throws SettingsException {
    if (!text.contains("pollard")) {
      return SettingsLayer.EMPTY;
    }
    JsonNode table = table(manifest, text, owner);
    var origin = manifest + ": " + owner + ".metadata.pollard";
    if (!table.isMissingNode() && !table.isObject()) {
      throw new SettingsException(origin + " is not a table");
    }
    var values = new EnumMap<Setting, List<Value>>(Setting.class);
    for (Map.Entry<String, JsonNode> entry : table.properties()) {
      // A table within is another command's, such as `budget`.
      if (!entry.getValue().isObject()) {
        var key = entry.getKey();
        var setting = Setting.ofKey(key).orElseThrow(() -> unknown(origin, key));
        values.put(setting, values(setting, entry.getValue(), origin + "." + key, manifest));
      }
    }
    return new SettingsLayer(values);
  }

  private static SettingsException unknown(String origin, String key) {
    var keys = Arrays.stream(Setting.values()).map(Setting::key).toList();
    return new SettingsException(
        origin
            + "."
            + key
            + ": there is no such setting"
            + Nearest.hint(key, keys)
            + "; there are "
            + String.join(", ", keys));
  }

  private static List<Value> values(Setting setting, JsonNode node, String origin, Path manifest)
      throws SettingsException {
    boolean suits =
        switch (setting.kind()) {
          case TEXT, PATH -> node.isString() || node.isIntegralNumber();
          case SWITCH -> node.isBoolean();
          case LIST -> node.isArray() || node.isString();
        };
    if (!suits) {
      var wanted =
          switch (setting.kind()) {
            case TEXT, PATH -> "a string";
            case SWITCH -> "true or false";
            case LIST -> "an array of strings";
          };
      throw new SettingsException(origin + ": " + node + " is not " + wanted);
    }
    var values = new ArrayList<Value>();
    if (node.isArray()) {
      for (var element : node) {
        if (!element.isString()) {
          throw new SettingsException(origin + ": " + element + " is not a string");
        }
        values.add(new Value(element.asString(), origin));
      }
    } else if (setting.kind() == Setting.Kind.PATH) {
      values.add(new Value(manifest.resolveSibling(node.asString()).toString(), origin));
    } else {
      values.add(new Value(node.asString(), origin));
    }
    return values;
  }
}
