package dev.pollard.config;

import dev.pollard.config.PackageMetadata.Section;
import dev.pollard.config.SettingsLayer.Value;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// What a manifest allows a program to take: `[package.metadata.pollard.budget]`, and under it
/// `[workspace.metadata.pollard.budget]`.
///
/// @param chip the name of the chip that it runs on
/// @param memory a linker script with a `MEMORY` command, or only with regions as `memory.x` has
///   them
/// @param baseline where the figures lie that growth is counted from
/// @param limits in the order in which they are written
public record BudgetSettings(
    Optional<Value> chip, Optional<Path> memory, Optional<Path> baseline, List<Limit> limits) {
  private static final String KEYS =
      "there are chip, memory, baseline, flash, ram, stack, wasm, futures, crates and regions";

  private static final Pattern PERCENT = Pattern.compile("([0-9]{1,4}(?:\\.[0-9]{1,4})?)\\s*%");

  public BudgetSettings {
    limits = List.copyOf(limits);
  }

  /// What is limited.
  public enum Kind {
    FLASH,
    RAM,
    /// The deepest static stack path from a poll function.
    STACK,
    WASM_RAW,
    WASM_GZIP,
    WASM_BROTLI,
    /// The size of a machine's future.
    FUTURE,
    /// The flash of a crate.
    CRATE,
    /// What is used of a region of memory.
    REGION
  }

  /// One limit.
  ///
  /// @param name of the future, the crate or the region; else empty
  /// @param max bytes
  /// @param growth bytes over the baseline
  /// @param percent of the baseline's figure
  /// @param manifest the file that it stands in
  /// @param line where, from 1
  /// @param key such as `package.metadata.pollard.budget.flash`
  public record Limit(
      Kind kind,
      String name,
      OptionalLong max,
      OptionalLong growth,
      OptionalDouble percent,
      Path manifest,
      int line,
      String key) {}

  /// Reads the manifest in `folder` and its workspace's. A limit of the package replaces the
  /// workspace's limit of the same thing.
  ///
  /// @throws SettingsException for the first value that is wrong, with file, key and way out
  public static BudgetSettings read(Path folder) throws SettingsException {
    Optional<Value> chip = Optional.empty();
    Optional<Path> memory = Optional.empty();
    Optional<Path> baseline = Optional.empty();
    var limits = new LinkedHashMap<String, Limit>();
    for (Section section : PackageMetadata.sections(folder, "budget")) {
      for (Map.Entry<String, JsonNode> entry : section.table().properties()) {
        String key = entry.getKey();
        JsonNode node = entry.getValue();
        String origin = section.manifest() + ": " + section.path() + "." + key;
        switch (key) {
          case "chip" -> chip = Optional.of(new Value(text(node, origin), origin));
          case "memory" ->
              memory = Optional.of(section.manifest().resolveSibling(text(node, origin)));
          case "baseline" ->
              baseline = Optional.of(section.manifest().resolveSibling(text(node, origin)));
          case "flash" -> put(limits, limit(section, Kind.FLASH, "", node, key));
          case "ram" -> put(limits, limit(section, Kind.RAM, "", node, key));
          case "stack" -> put(limits, limit(section, Kind.STACK, "", node, key));
          case "wasm", "futures", "crates", "regions" -> {
            if (!node.isObject()) {
              throw new SettingsException(origin + ": " + node + " is not a table of limits");
            }
            for (Map.Entry<String, JsonNode> named : node.properties()) {
              String name = named.getKey();
              Kind kind = kind(key, name, origin);
              String of = kind.name().startsWith("WASM") ? "" : name;
              put(limits, limit(section, kind, of, named.getValue(), key, name));
            }
          }
          default -> throw new SettingsException(origin + ": there is no such limit; " + KEYS);
        }
      }
    }
    return new BudgetSettings(chip, memory, baseline, List.copyOf(limits.values()));
  }

  private static void put(Map<String, Limit> limits, Limit limit) {
    limits.put(limit.kind + " " + limit.name, limit);
  }

  private static Kind kind(String table, String name, String origin) throws SettingsException {
    return switch (table) {
      case "futures" -> Kind.FUTURE;
      case "crates" -> Kind.CRATE;
      case "regions" -> Kind.REGION;
      default ->
          switch (name) {
            case "raw" -> Kind.WASM_RAW;
            case "gzip" -> Kind.WASM_GZIP;
            case "brotli" -> Kind.WASM_BROTLI;
            default ->
                throw new SettingsException(
                    origin
                        + "."
                        + name
                        + ": there is no such size; there are raw, gzip and brotli");
          };
    };
  }

  private static Limit limit(Section section, Kind kind, String name, JsonNode node, String... keys)
      throws SettingsException {
    String key = section.path() + "." + String.join(".", keys);
    String origin = section.manifest() + ": " + key;
    OptionalLong max = OptionalLong.empty();
    OptionalLong growth = OptionalLong.empty();
    OptionalDouble percent = OptionalDouble.empty();
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        String own = origin + "." + entry.getKey();
        switch (entry.getKey()) {
          case "max" -> max = OptionalLong.of(size(entry.getValue(), own));
          case "max-growth" -> {
            var part = PERCENT.matcher(entry.getValue().asString("").strip());
            if (part.matches()) {
              percent = OptionalDouble.of(Double.parseDouble(part.group(1)));
            } else {
              growth = OptionalLong.of(size(entry.getValue(), own));
            }
          }
          default ->
              throw new SettingsException(own + ": a limit has max and max-growth, nothing else");
        }
      }
      if (max.isEmpty() && growth.isEmpty() && percent.isEmpty()) {
        throw new SettingsException(origin + ": a limit needs max or max-growth");
      }
    } else {
      max = OptionalLong.of(size(node, origin));
    }
    int line = line(section, keys);
    return new Limit(kind, name, max, growth, percent, section.manifest(), line, key);
  }

  private static long size(JsonNode node, String origin) throws SettingsException {
    if (!node.isString() && !node.isIntegralNumber()) {
      throw new SettingsException(
          origin + ": " + node + " is not a size such as 65536, \"64K\" or \"64 KiB\"");
    }
    return SettingsParser.size(
        new Value(node.asString().strip(), origin),
        "is not a size such as 65536, \"64K\" or \"64 KiB\""
            + (origin.endsWith("max-growth") ? ", nor a part such as \"2 %\"" : ""));
  }

  private static String text(JsonNode node, String origin) throws SettingsException {
    if (!node.isString()) {
      throw new SettingsException(origin + ": " + node + " is not a string");
    }
    return node.asString();
  }

  /// The line in which a key stands, or the nearest that leads to it: for marks in the file alone,
  /// so spellings that nobody uses may be missed.
  private static int line(Section section, String... keys) {
    String wanted = plain(section.path() + "." + String.join(".", keys));
    String table = "";
    int best = 1;
    int reached = 0;
    int number = 0;
    for (String line : section.text().lines().toList()) {
      number++;
      String text = line.strip();
      String path;
      if (text.startsWith("[")) {
        table = plain(text.replaceAll("^\\[+|]+.*$", ""));
        path = table;
      } else if (text.contains("=") && !text.startsWith("#")) {
        path = table + "." + plain(text.substring(0, text.indexOf('=')));
      } else {
        continue;
      }
      if (path.length() > reached && (wanted + ".").startsWith(path + ".")) {
        reached = path.length();
        best = number;
      }
    }
    return best;
  }

  private static String plain(String key) {
    return key.replaceAll("[\\s\"']", "");
  }
}
