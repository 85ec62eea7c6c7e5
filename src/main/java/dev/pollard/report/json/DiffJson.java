package dev.pollard.report.json;

import dev.pollard.diff.Change;
import dev.pollard.diff.Diff;
import dev.pollard.diff.Entry;
import dev.pollard.diff.Side;
import dev.pollard.diff.Table;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A [Diff] as JSON, in the published form `pollard.diff/1`.
public final class DiffJson {
  /// The version of the form.
  public static final String SCHEMA = "pollard.diff/1";

  private DiffJson() {}

  /// The JSON schema that every diff keeps to.
  public static String schema() {
    return Json.schema("diff-1.schema.json");
  }

  /// The diff as text, with a line feed at its end.
  ///
  /// @param tables those to be listed
  /// @param wanted the names of the rows to be listed; the totals are those of all
  public static String write(
      Diff diff, List<Table> tables, Predicate<String> wanted, Comparator<Change> order) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("schema", SCHEMA);
    side(diff.before(), root.putObject("old"));
    side(diff.after(), root.putObject("new"));
    root.put("change", diff.flash());
    ArrayNode measures = root.putArray("measures");
    for (Diff.Measure m : diff.measures()) {
      ObjectNode node = measures.addObject().put("name", m.name());
      Json.put(node, "old", m.before());
      Json.put(node, "new", m.after());
      Json.put(node, "change", m.change());
    }
    ArrayNode list = root.putArray("tables");
    for (Table table : tables) {
      ObjectNode node = list.addObject();
      node.put("by", table.by().name().toLowerCase(Locale.ROOT));
      node.put("sharesFlash", table.by().sharesFlash());
      node.put("old", table.oldBytes());
      node.put("new", table.newBytes());
      node.put("change", table.newBytes() - table.oldBytes());
      ArrayNode rows = node.putArray("rows");
      table.changes().stream()
          .filter(c -> wanted.test(c.name()) || c.oldName().filter(wanted).isPresent())
          .sorted(order)
          .forEach(c -> row(c, rows.addObject()));
    }
    ArrayNode notes = root.putArray("notes");
    diff.before().notes().forEach(n -> notes.add(diff.before().name() + ": " + n));
    diff.after().notes().forEach(n -> notes.add(diff.after().name() + ": " + n));
    return Json.MAPPER.writeValueAsString(root) + "\n";
  }

  private static void side(Side side, ObjectNode node) {
    node.put("file", side.name()).put("target", side.target()).put("flash", side.flash());
  }

  private static void row(Change c, ObjectNode node) {
    node.put("name", c.name());
    if (c.oldName().isPresent()) {
      node.put("oldName", c.oldName().get());
    }
    node.put("status", c.status().name().toLowerCase(Locale.ROOT));
    Json.put(node, "old", bytes(c.before()));
    Json.put(node, "new", bytes(c.after()));
    node.put("change", c.bytes());
    node.put("count", c.count());
    OptionalLong old = c.before().map(Entry::future).orElse(OptionalLong.empty());
    OptionalLong now = c.after().map(Entry::future).orElse(OptionalLong.empty());
    if (old.isPresent() || now.isPresent()) {
      Json.put(node, "oldFuture", old);
      Json.put(node, "newFuture", now);
    }
  }

  private static OptionalLong bytes(Optional<Entry> entry) {
    return entry.map(e -> OptionalLong.of(e.bytes())).orElse(OptionalLong.empty());
  }
}
