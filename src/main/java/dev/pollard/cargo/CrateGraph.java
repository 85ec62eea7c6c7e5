package dev.pollard.cargo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The packages that a package is built from, as `cargo metadata` has them.
///
/// @param names of all, the package's own too
public record CrateGraph(Set<String> names) {
  public CrateGraph {
    names = Set.copyOf(names);
  }

  /// Reads what `cargo metadata` printed.
  ///
  /// @param manifest the `Cargo.toml` of the package at the root
  /// @throws IOException when it is no such text, or knows no such package
  static CrateGraph parse(String metadata, Path manifest) throws IOException {
    JsonNode root;
    try {
      root = JsonMapper.shared().readTree(metadata);
    } catch (JacksonException e) {
      throw new IOException("cargo metadata: " + e.getOriginalMessage(), e);
    }
    Map<String, String> names = new HashMap<>();
    var todo = new ArrayList<String>();
    for (JsonNode p : root.path("packages")) {
      var id = p.path("id").asString("");
      names.put(id, p.path("name").asString(""));
      if (Path.of(p.path("manifest_path").asString("")).equals(manifest)) {
        todo.add(id);
      }
    }
    if (todo.isEmpty()) {
      throw new IOException("cargo metadata: knows no package of " + manifest);
    }
    Map<String, List<String>> edges = new HashMap<>();
    for (JsonNode node : root.path("resolve").path("nodes")) {
      var to = edges.computeIfAbsent(node.path("id").asString(""), _ -> new ArrayList<>());
      for (JsonNode dependency : node.path("deps")) {
        if (isLinked(dependency)) {
          to.add(dependency.path("pkg").asString(""));
        }
      }
    }
    var seen = new HashSet<String>();
    var found = new TreeSet<String>();
    while (!todo.isEmpty()) {
      var id = todo.removeLast();
      if (seen.add(id)) {
        found.add(names.getOrDefault(id, id));
        todo.addAll(edges.getOrDefault(id, List.of()));
      }
    }
    return new CrateGraph(found);
  }

  /// Whether a dependency is one of the program's code, and not only of a build script or a test.
  private static boolean isLinked(JsonNode dependency) {
    for (JsonNode kind : dependency.path("dep_kinds")) {
      if (kind.path("kind").isNull()) {
        return true;
      }
    }
    return false;
  }
}
