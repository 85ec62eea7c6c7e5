package dev.pollard.cargo;

import dev.pollard.diagnostic.TomlProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.toml.TomlMapper;

/// Adds Pollard's lines to the text of a cargo configuration file, and takes them back. Each line
/// that is written carries a mark; what it replaces stays as a marked comment. All other bytes
/// stay, line ends included.
public final class ConfigEdit {
  static final String MARK = "# pollard init";
  private static final String REPLACED = MARK + " replaced: ";
  private static final String NO_LINE_FEED = MARK + ", after a line without line feed";
  private static final String MADE_FILE = MARK + " made this file";
  private static final String MADE_FOLDER = MADE_FILE + " and its folder";
  private static final String WRAPPER = "rustc-workspace-wrapper";

  /// One key that is written, with its value as TOML has it.
  private record Entry(String table, String key, String value) {
    String line() {
      return key + " = " + value + " " + MARK;
    }
  }

  private static final List<Entry> ENTRIES =
      List.of(
          new Entry("build", WRAPPER, "\".cargo/" + WrapperScript.NAME + "\""),
          new Entry("profile.release", "codegen-units", "1"),
          new Entry("profile.release", "lto", "\"fat\""));

  private ConfigEdit() {}

  /// Whether a text carries the mark.
  public static boolean isDone(String text) {
    return text.contains(MARK);
  }

  /// The text of a new file.
  ///
  /// @param folder whether its folder is new too
  public static String create(boolean folder) {
    return (folder ? MADE_FOLDER : MADE_FILE) + "\n" + add("");
  }

  /// Whether [#create] made the file's folder too.
  public static boolean madeFolder(String text) {
    return lines(text).stream().anyMatch(l -> bare(l).equals(MADE_FOLDER));
  }

  /// The text with Pollard's lines.
  ///
  /// @throws IllegalArgumentException when they cannot be added without changing what else the file
  ///   says; the message names the place
  public static String add(String text) {
    var lines = lines(text);
    var end = text.contains("\r\n") ? "\r" : "";
    for (var entry : ENTRIES) {
      add(lines, entry, end);
    }
    // A last line without line feed cannot have the half of one.
    lines.add(bare(lines.removeLast()));
    var changed = String.join("\n", lines);
    requireOnlyOurs(text, changed);
    return changed;
  }

  /// The text without what [#add] wrote; empty when nothing is left of a file that [#create] made.
  /// A table that was added stays if others have put keys into it.
  ///
  /// @throws IllegalArgumentException when what is left is no TOML
  public static Optional<String> remove(String text) {
    var lines = lines(text);
    var kept = new ArrayList<String>();
    boolean made = false;
    int cut = -1;
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      var bare = bare(line);
      if (line.startsWith(REPLACED)) {
        kept.add(line.substring(REPLACED.length()));
      } else if (bare.equals(NO_LINE_FEED)) {
        cut = kept.size();
      } else if (bare.equals(MADE_FILE) || bare.equals(MADE_FOLDER)) {
        made = true;
      } else if (!isOurs(bare)) {
        kept.add(line);
      } else if (isHeader(bare) && hasOthersKeys(lines, i + 1)) {
        kept.add(line.replace(" " + MARK, ""));
      }
    }
    if (cut >= 0 && cut == kept.size() - 1 && kept.getLast().isEmpty()) {
      kept.removeLast();
    }
    var left = String.join("\n", kept);
    parse(left);
    return made && left.isBlank() ? Optional.empty() : Optional.of(left);
  }

  /// The wrapper that a marked comment keeps, for the script to call. Pollard's own is none.
  public static Optional<String> replacedWrapper(String text) {
    return lines(text).stream()
        .filter(l -> l.startsWith(REPLACED))
        .map(l -> parse(bare(l).substring(REPLACED.length())).path(WRAPPER).asString(""))
        .filter(w -> !w.isEmpty() && !new WorkspaceWrapper(w).isPollard())
        .findFirst();
  }

  private static void add(List<String> lines, Entry entry, String end) {
    int header = header(lines, entry.table());
    if (header < 0) {
      if (!lines.getLast().isEmpty()) {
        lines.add(NO_LINE_FEED + end);
        lines.add("");
      }
      header = lines.size() - 1;
      lines.add(header, "[" + entry.table() + "] " + MARK + end);
    }
    for (int i = header + 1; i < lines.size() && !isHeader(lines.get(i)); i++) {
      if (lines.get(i).matches("\\s*" + Pattern.quote(entry.key()) + "\\s*=.*\\r?")) {
        lines.set(i, REPLACED + lines.get(i));
        break;
      }
    }
    lines.add(header + 1, entry.line() + end);
  }

  private static int header(List<String> lines, String table) {
    var name = Arrays.stream(table.split("\\.", -1)).map(Pattern::quote).toList();
    var header =
        Pattern.compile("\\s*\\[\\s*" + String.join("\\s*\\.\\s*", name) + "\\s*]\\s*(#.*)?\\r?");
    for (int i = 0; i < lines.size(); i++) {
      if (header.matcher(lines.get(i)).matches()) {
        return i;
      }
    }
    return -1;
  }

  /// The lines between line feeds: the last has none, and is empty when the text ends with one.
  private static List<String> lines(String text) {
    return new ArrayList<>(Arrays.asList(text.split("\n", -1)));
  }

  private static String bare(String line) {
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  private static boolean isHeader(String line) {
    return line.stripLeading().startsWith("[");
  }

  private static boolean isOurs(String bare) {
    return bare.endsWith(" " + MARK);
  }

  private static boolean hasOthersKeys(List<String> lines, int start) {
    for (var line : lines.subList(start, lines.size())) {
      if (isHeader(line)) {
        return false;
      }
      if (!line.isBlank() && !line.stripLeading().startsWith("#") && !isOurs(bare(line))) {
        return true;
      }
    }
    return false;
  }

  /// Both texts must say the same but for Pollard's keys.
  private static void requireOnlyOurs(String before, String after) {
    var expected = parse(before).deepCopy();
    for (var entry : ENTRIES) {
      var table = (ObjectNode) expected;
      for (var part : entry.table().split("\\.", -1)) {
        var next = table.path(part);
        if (next.isMissingNode()) {
          table = table.putObject(part);
        } else if (next instanceof ObjectNode object) {
          table = object;
        } else {
          throw new IllegalArgumentException("\"" + part + "\" is no table");
        }
      }
      table.set(entry.key(), parse(entry.line()).path(entry.key()));
    }
    JsonNode actual;
    try {
      actual = parse(after);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(UNEDITABLE, e);
    }
    if (!actual.equals(expected)) {
      throw new IllegalArgumentException(UNEDITABLE);
    }
  }

  private static final String UNEDITABLE =
      "[build] or [profile.release] is written in a form that cannot be edited line by line";

  private static JsonNode parse(String text) {
    try {
      return new TomlMapper().readTree(text);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(TomlProblem.of(e), e);
    }
  }
}
