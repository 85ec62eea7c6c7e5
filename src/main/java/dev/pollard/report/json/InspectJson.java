package dev.pollard.report.json;

import dev.pollard.inspect.Inspection;
import dev.pollard.inspect.Machine;
import dev.pollard.inspect.MachineCost;
import dev.pollard.inspect.MachineDetails;
import dev.pollard.inspect.Row;
import dev.pollard.inspect.Share;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An [Inspection] as JSON, in the published form `pollard.inspect/1`.
public final class InspectJson {
  /// The version of the form.
  public static final String SCHEMA = "pollard.inspect/1";

  private InspectJson() {}

  /// The JSON schema that every inspection keeps to.
  public static String schema() {
    return Json.schema("inspect-1.schema.json");
  }

  /// A table that was asked for.
  ///
  /// @param by what it is by, such as `crate`
  public record Table(String by, List<Row> rows) {
    public Table {
      rows = List.copyOf(rows);
    }
  }

  /// The inspection as text, with a line feed at its end.
  ///
  /// @param machines those to be listed
  /// @throws IOException when the file, which is read lazily, is malformed
  public static String write(
      Inspection inspection, List<MachineCost> machines, Optional<Table> table) throws IOException {
    return Json.MAPPER.writeValueAsString(root(inspection, machines, table)) + "\n";
  }

  /// The inspection on one line, with the flash by crate, function and machine at once.
  ///
  /// @param machines those to be listed
  /// @param shares those to be listed
  /// @param notes what to add to those of the inspection
  public static String compact(
      Inspection inspection, List<MachineCost> machines, List<Share> shares, List<String> notes)
      throws IOException {
    ObjectNode root = root(inspection, machines, Optional.empty());
    ArrayNode list = root.putArray("shares");
    for (Share s : shares) {
      ObjectNode node = list.addObject();
      node.put("kind", s.kind().name().toLowerCase(Locale.ROOT));
      node.put("crate", s.crate());
      node.put("function", s.function());
      if (s.part() != Share.Part.NONE) {
        node.put("machine", s.machine());
        node.put("part", s.part().name().toLowerCase(Locale.ROOT));
      }
      node.put("bytes", s.bytes());
    }
    notes.forEach(root.withArray("notes")::add);
    return Json.COMPACT.writeValueAsString(root);
  }

  private static ObjectNode root(
      Inspection inspection, List<MachineCost> machines, Optional<Table> table) throws IOException {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("schema", SCHEMA);
    root.put("file", inspection.file());
    root.put("target", inspection.target());
    root.put("fileSize", inspection.fileSize());
    root.put("flash", inspection.sizes().flash());
    root.put("ram", inspection.sizes().ram());
    root.put("debugInfo", inspection.hasDebugInfo());
    ArrayNode sections = root.putArray("sections");
    inspection
        .sections()
        .forEach(s ->
            sections
                .addObject()
                .put("name", s.name())
                .put("kind", s.kind().name().toLowerCase(Locale.ROOT))
                .put("address", s.address())
                .put("size", s.size()));
    ObjectNode kinds = root.putObject("kinds");
    inspection
        .byKind()
        .forEach((kind, bytes) -> kinds.put(kind.name().toLowerCase(Locale.ROOT), bytes));
    root.put("unattributed", kinds.get("unattributed").asLong());
    ArrayNode list = root.putArray("machines");
    for (MachineCost m : machines) {
      machine(m, inspection.details(m), list.addObject());
    }
    ArrayNode generics = root.putArray("generics");
    inspection
        .generics()
        .forEach(g -> {
          ObjectNode node = generics.addObject();
          node.put("name", g.name());
          node.put("bytes", g.bytes());
          node.put("mergeSaves", g.mergeSaves());
          ArrayNode instances = node.putArray("instances");
          g.instances().forEach(instances::add);
        });
    table.ifPresent(t -> {
      root.put("by", t.by());
      ArrayNode rows = root.putArray("rows");
      t.rows()
          .forEach(r ->
              rows.addObject()
                  .put("name", r.name())
                  .put("bytes", r.bytes())
                  .put("count", r.count()));
    });
    ArrayNode notes = root.putArray("notes");
    inspection.notes().forEach(notes::add);
    return root;
  }

  private static void machine(MachineCost m, MachineDetails details, ObjectNode node) {
    Machine machine = m.machine();
    node.put("name", m.name());
    node.put("kind", machine.kind().text());
    node.put("crate", m.crate());
    node.put("symbol", m.symbol());
    place(node, machine.file(), machine.line());
    node.put("pollBytes", m.pollBytes());
    node.put("ownBytes", m.ownBytes());
    node.put("inlinedBytes", m.inlinedBytes());
    node.put("dropBytes", m.dropBytes());
    node.put("constantBytes", details.constantBytes());
    node.put("retainedBytes", details.retainedBytes());
    node.put("resumedPanics", details.resumedPanics());
    node.put("resumedBytes", details.resumedBytes());
    Json.put(node, "futureSize", machine.futureSize());
    Json.put(node, "stackFrame", m.stackFrame());
    ObjectNode large = node.putObject("madeLargeBy");
    m.largestHeld()
        .ifPresentOrElse(
            l ->
                large
                    .put("state", l.state().name())
                    .put("local", l.held().name())
                    .put("size", l.held().size()),
            () -> node.putNull("madeLargeBy"));
    ArrayNode states = node.putArray("states");
    for (int i = 0; i < machine.states().size(); i++) {
      Machine.State s = machine.states().get(i);
      ObjectNode state = states.addObject();
      state.put("name", s.name());
      place(state, s.file(), s.line());
      state.put("bytes", m.stateBytes().get(i));
      state.put("heldBytes", s.heldBytes());
      ArrayNode held = state.putArray("held");
      s.held()
          .forEach(h ->
              held.addObject()
                  .put("name", h.name())
                  .put("type", h.type())
                  .put("size", h.size())
                  .put("offset", h.offset()));
    }
    ArrayNode inner = node.putArray("holds");
    m.inner().forEach(inner::add);
  }

  private static void place(ObjectNode node, String file, int line) {
    if (file.isEmpty()) {
      node.putNull("file");
    } else {
      node.put("file", file);
    }
    if (line <= 0) {
      node.putNull("line");
    } else {
      node.put("line", line);
    }
  }
}
