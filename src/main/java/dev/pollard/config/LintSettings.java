package dev.pollard.config;

import dev.pollard.config.PackageMetadata.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What a manifest says about `pollard lint`: `[package.metadata.pollard.lint]`, and under it
/// `[workspace.metadata.pollard.lint]`.
///
/// @param allow ids of rules that are silenced, and where that is said
/// @param deny the level from which findings are an error, and where that is said
public record LintSettings(List<SettingsLayer.Value> allow, Optional<SettingsLayer.Value> deny) {
  public LintSettings {
    allow = List.copyOf(allow);
  }

  /// Reads the manifest in `folder` and its workspace's: both silence, and the package's level
  /// counts before the workspace's.
  ///
  /// @throws SettingsException for the first value that is wrong, with file, key and way out
  public static LintSettings read(Path folder) throws SettingsException {
    List<SettingsLayer.Value> allow = new ArrayList<>();
    Optional<SettingsLayer.Value> deny = Optional.empty();
    for (Section section : PackageMetadata.sections(folder, "lint")) {
      for (Map.Entry<String, JsonNode> entry : section.table().properties()) {
        String origin = section.manifest() + ": " + section.path() + "." + entry.getKey();
        JsonNode node = entry.getValue();
        switch (entry.getKey()) {
          case "allow" -> {
            if (!node.isArray()) {
              throw new SettingsException(origin + ": is not a list, such as [\"box-pin\"]");
            }
            for (JsonNode id : node) {
              allow.add(new SettingsLayer.Value(text(id, origin), origin));
            }
          }
          case "deny" -> deny = Optional.of(new SettingsLayer.Value(text(node, origin), origin));
          default ->
              throw new SettingsException(
                  origin + ": there is no such setting; there are allow and deny");
        }
      }
    }
    return new LintSettings(allow, deny);
  }

  private static String text(JsonNode node, String origin) throws SettingsException {
    if (!node.isString()) {
      throw new SettingsException(origin + ": " + node + " is not text");
    }
    return node.asString();
  }
}
