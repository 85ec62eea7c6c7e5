package dev.pollard.budget;

import dev.pollard.diagnostic.FileProblem;
import dev.pollard.diff.By;
import dev.pollard.diff.Entry;
import dev.pollard.diff.Side;
import dev.pollard.report.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The figures that growth is counted from: a small sorted file that is committed beside the
/// manifest, in the form `pollard.baseline/1`.
public final class Baseline {
  /// What the file is called where the manifest names none.
  public static final String NAME = "pollard-budget.json";

  private static final String SCHEMA = "pollard.baseline/1";

  private Baseline() {}

  /// What is kept of a program, as text with a line feed at its end.
  public static String write(String program, Side side) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("schema", SCHEMA).put("program", program).put("target", side.target());
    ObjectNode measures = root.putObject("measures");
    new TreeMap<>(side.measures()).forEach(measures::put);
    ObjectNode crates = root.putObject("crates");
    sorted(side, By.CRATE).forEach((name, e) -> crates.put(name, e.bytes()));
    ObjectNode machines = root.putObject("machines");
    sorted(side, By.MACHINE)
        .forEach((name, e) -> {
          ObjectNode node = machines.putObject(name).put("flash", e.bytes());
          e.future().ifPresent(f -> node.put("future", f));
        });
    return Json.MAPPER.writeValueAsString(root) + "\n";
  }

  private static Map<String, Entry> sorted(Side side, By by) {
    var sorted = new TreeMap<String, Entry>();
    side.tables().getOrDefault(by, List.of()).forEach(e -> sorted.put(e.name(), e));
    return sorted;
  }

  /// Reads a baseline; empty when there is no such file.
  ///
  /// @throws BudgetException when it is of another form
  public static Optional<Side> read(Path file) throws BudgetException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(file.toString(), Files.readString(file)));
    } catch (IOException e) {
      throw new BudgetException(FileProblem.of(e));
    }
  }

  /// Reads what [#write] wrote.
  public static Side parse(String file, String text) throws BudgetException {
    JsonNode root;
    try {
      root = Json.MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw bad(file, e.getOriginalMessage());
    }
    if (!root.path("schema").asString("").equals(SCHEMA)) {
      throw bad(file, "its schema is not " + SCHEMA);
    }
    var measures = new TreeMap<String, Long>();
    for (var m : object(file, root, "measures").properties()) {
      measures.put(m.getKey(), bytes(file, "measures." + m.getKey(), m.getValue()));
    }
    if (!measures.containsKey(Side.FLASH)) {
      throw bad(file, "it has no measures.flash");
    }
    var crates = new ArrayList<Entry>();
    for (var c : object(file, root, "crates").properties()) {
      crates.add(Entry.of(c.getKey(), bytes(file, "crates." + c.getKey(), c.getValue())));
    }
    var machines = new ArrayList<Entry>();
    for (var m : object(file, root, "machines").properties()) {
      String place = "machines." + m.getKey();
      JsonNode future = m.getValue().path("future");
      machines.add(
          new Entry(
              m.getKey(),
              bytes(file, place + ".flash", m.getValue().path("flash")),
              1,
              future.isMissingNode()
                  ? OptionalLong.empty()
                  : OptionalLong.of(bytes(file, place + ".future", future)),
              Set.of(),
              Optional.empty()));
    }
    return new Side(
        file,
        root.path("target").asString(""),
        measures,
        Map.of(By.CRATE, crates, By.MACHINE, machines),
        List.of());
  }

  private static JsonNode object(String file, JsonNode root, String field) throws BudgetException {
    JsonNode node = root.path(field);
    if (!node.isObject()) {
      throw bad(file, "it has no " + field);
    }
    return node;
  }

  private static long bytes(String file, String place, JsonNode node) throws BudgetException {
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.asLong() < 0) {
      throw bad(file, place + " is no number of bytes");
    }
    return node.asLong();
  }

  private static BudgetException bad(String file, String why) {
    return new BudgetException(
        file + ": no baseline: " + why + "; pollard budget --save writes a new one");
  }
}
