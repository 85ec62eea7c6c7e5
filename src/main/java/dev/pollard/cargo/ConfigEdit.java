package dev.pollard.cargo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.toml.TomlMapper;

/// Adds Pollard's lines to the text of a cargo configuration file, and takes them back. Each line
/// that is written carries a mark; what it replaces stays as a marked comment. All other bytes
/// stay.
public final class ConfigEdit {
  static final String MARK = "# pollard init";
  private static final String REPLACED = MARK + " replaced: ";
  private static final String NO_LINE_FEED = MARK + ", after a line without line feed";

  /// What is written: table, key, value.
  private static final List<List<String>> KEYS =
      List.of(
          List.of("build", "rustc-workspace-wrapper", "\".cargo/pollard-rustc\""),
          List.of("profile.release", "lto", "\"fat\""),
          List.of("profile.release", "codegen-units", "1"));

  private ConfigEdit() {}

  /// Whether a text carries the mark.
  public static boolean isDone(String text) {
    return text.contains(MARK);
  }

  /// The text with Pollard's lines.
  ///
  /// @throws IllegalArgumentException when they cannot be added without changing what else the file
  ///   says; the message names the place
  public static String add(String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    boolean cut = !text.isEmpty() && !text.endsWith("\n");
    int own = lines.size();
    for (List<String> key : KEYS) {
      add(lines, key.get(0), key.get(1), key.get(2));
    }
    if (cut) {
      lines.set(own - 1, lines.get(own - 1));
      lines.add(NO_LINE_FEED);
    }
    String changed = String.join("\n", lines) + "\n";
    requireOnlyOurs(text, changed);
    return changed;
  }

  /// The text without what [#add] wrote.
  public static String remove(String text) {
    List<String> lines = new ArrayList<>();
    boolean cut = false;
    for (String line : text.lines().toList()) {
      if (line.startsWith(REPLACED)) {
        lines.add(line.substring(REPLACED.length()));
      } else if (line.equals(NO_LINE_FEED)) {
        cut = true;
      } else if (!line.endsWith(MARK)) {
        lines.add(line);
      }
    }
    String joined = String.join("\n", lines);
    return lines.isEmpty() || cut ? joined : joined + "\n";
  }

  /// The wrapper that a marked comment keeps, for the script to call.
  public static Optional<String> replacedWrapper(String text) {
    return text.lines()
        .filter(l -> l.startsWith(REPLACED) && l.contains("rustc-workspace-wrapper"))
        .findFirst()
        .map(
            l -> parse(l.substring(REPLACED.length())).path("rustc-workspace-wrapper").asString(""))
        .filter(w -> !w.isEmpty());
  }

  private static void add(List<String> lines, String table, String key, String value) {
    String written = key + " = " + value + " " + MARK;
    int header = header(lines, table);
    if (header < 0) {
      lines.add("[" + table + "] " + MARK);
      lines.add(written);
      return;
    }
    for (int i = header + 1; i < lines.size() && !isHeader(lines.get(i)); i++) {
      if (lines.get(i).matches("\\s*" + Pattern.quote(key) + "\\s*=.*")) {
        lines.set(i, REPLACED + lines.get(i));
        break;
      }
    }
    lines.add(header + 1, written);
  }

  private static int header(List<String> lines, String table) {
    Pattern header = Pattern.compile("\\s*\\[\\s*" + Pattern.quote(table) + "\\s*]\\s*(#.*)?");
    for (int i = 0; i < lines.size(); i++) {
      if (header.matcher(lines.get(i)).matches()) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isHeader(String line) {
    return line.stripLeading().startsWith("[");
  }

  /// Both texts must say the same but for Pollard's keys.
  private static void requireOnlyOurs(String before, String after) {
    JsonNode expected = parse(before).deepCopy();
    for (List<String> key : KEYS) {
      ObjectNode table = (ObjectNode) expected;
      for (String part : key.get(0).split("\\.", -1)) {
        JsonNode next = table.path(part);
        if (next.isMissingNode()) {
          table = table.putObject(part);
        } else if (next instanceof ObjectNode object) {
          table = object;
        } else {
          throw new IllegalArgumentException("\"" + part + "\" is no table");
        }
      }
      table.set(key.get(1), parse(key.get(1) + " = " + key.get(2)).path(key.get(1)));
    }
    JsonNode actual = parse(after);
    if (!actual.equals(expected)) {
      throw new IllegalArgumentException(
          "[build] or [profile.release] is written in a form that cannot be edited line by line");
    }
  }

  private static JsonNode parse(String text) {
    try {
      return new TomlMapper().readTree(text);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not valid TOML: " + e.getOriginalMessage(), e);
    }
  }
}
