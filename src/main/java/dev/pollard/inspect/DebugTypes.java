package dev.pollard.inspect;

import static dev.pollard.dwarf.Dwarf.*;

import dev.pollard.dwarf.DebugInfo;
import dev.pollard.dwarf.Entries;
import dev.pollard.dwarf.LineTable;
import dev.pollard.dwarf.Unit;
import dev.pollard.inspect.Machine.Held;
import dev.pollard.inspect.Machine.State;
import dev.pollard.name.CoroutineKind;
import dev.pollard.object.MalformedObjectException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Types of debug info: machines with their states, names and sizes of what they hold.
final class DebugTypes {
  /// How deep types may lie in types; real ones reach some twenty.
  private static final int DEEPEST = 64;

  /// How many types are looked through for the machines inside of one.
  private static final int MOST_PARTS = 20_000;

  private final DebugInfo info;
  private final DebugWalk walk;
  private final Map<Unit, Optional<LineTable>> files = new HashMap<>();
  private final Map<Long, Long> sizes = new HashMap<>();
  private final Map<Long, String> names = new HashMap<>();
  private final Map<Long, Set<String>> inside = new HashMap<>();
  private final Map<Long, String> machineAt = new HashMap<>();

  DebugTypes(DebugInfo info, DebugWalk walk) {
    this.info = info;
    this.walk = walk;
  }

  private record Variant(String name, long type, long file, int line) {}

  private record Member(String name, long type, long offset) {}

  /// All machines by path.
  Map<String, Machine> machines() throws MalformedObjectException {
    var first = new LinkedHashMap<String, Long>();
    Longs candidates = walk.withVariants();
    for (int i = 0; i < candidates.size(); i++) {
      long offset = candidates.get(i);
      Entries e = info.entry(offset);
      String name = e.text(DW_AT_name);
      if (name.contains("_env#") && CoroutineKind.ofDebugName(name).isPresent()) {
        String path = nameOf(offset);
        machineAt.put(offset, path);
        first.putIfAbsent(path, offset);
      }
    }
    var machines = new LinkedHashMap<String, Machine>();
    for (var entry : first.entrySet()) {
      machines.put(entry.getKey(), machine(entry.getKey(), entry.getValue()));
    }
    return machines;
  }

  private Machine machine(String path, long offset) throws MalformedObjectException {
    Entries e = info.entry(offset);
    Unit unit = e.unit();
    CoroutineKind kind =
        CoroutineKind.ofDebugName(e.text(DW_AT_name)).orElse(CoroutineKind.UNKNOWN);
    long size = e.number(DW_AT_byte_size, -1);
    var variants = new ArrayList<Variant>();
    while (e.next()) {
      if (e.depth() == 3 && e.tag() == DW_TAG_member) {
        variants.add(
            new Variant(
                e.text(DW_AT_name),
                e.reference(DW_AT_type),
                e.number(DW_AT_decl_file, 0),
                (int) e.number(DW_AT_decl_line, 0)));
      }
    }
    var states = new ArrayList<State>();
    var inner = new LinkedHashSet<String>();
    String file = "";
    int line = 0;
    for (Variant v : variants) {
      if (v.type < 0) {
        continue;
      }
      State state = state(unit, v, inner);
      states.add(state);
      if (line == 0) {
        file = state.file();
        line = state.line();
      }
    }
    inner.remove(path);
    return new Machine(
        path,
        kind,
        file,
        line,
        size < 0 ? OptionalLong.empty() : OptionalLong.of(size),
        states,
        List.copyOf(inner));
  }

  private State state(Unit unit, Variant v, Set<String> inner) throws MalformedObjectException {
    String name = info.entry(v.type).text(DW_AT_name);
    var held = new ArrayList<Held>();
    var seen = new HashSet<String>();
    long sum = 0;
    for (Member m : members(v.type)) {
      // A captured argument that was moved into a local of the same name is listed twice.
      if (!seen.add(m.name + "@" + m.offset) || m.type < 0) {
        continue;
      }
      long size = sizeOf(m.type, 0);
      held.add(new Held(m.name, nameOf(m.type), size, m.offset));
      sum += size;
      inner.addAll(machinesIn(m.type));
    }
    String file = v.line == 0 ? "" : walk.file(unit, v.file, files).orElse("");
    return new State(name, file, v.line, sum, held);
  }

  /// The members of a structure, those of its variants not.
  private List<Member> members(long type) throws MalformedObjectException {
    var members = new ArrayList<Member>();
    Entries e = info.entry(type);
    while (e.next()) {
      if (e.depth() == 1 && e.tag() == DW_TAG_member) {
        members.add(
            new Member(
                e.text(DW_AT_name),
                e.reference(DW_AT_type),
                e.number(DW_AT_data_member_location, 0)));
      }
    }
    return members;
  }

  /// The machines that lie in a value of that type; what is inside of those is theirs.
  private Set<String> machinesIn(long type) throws MalformedObjectException {
    Set<String> known = inside.get(type);
    if (known != null) {
      return known;
    }
    var into = new LinkedHashSet<String>();
    var seen = new HashSet<Long>();
    var todo = new ArrayList<Long>(List.of(type));
    while (!todo.isEmpty() && seen.size() < MOST_PARTS) {
      long at = todo.removeLast();
      if (at < 0 || !seen.add(at)) {
        continue;
      }
      String machine = machineAt.get(at);
      if (machine != null) {
        into.add(machine);
        continue;
      }
      Entries e = info.entry(at);
      switch (e.tag()) {
        case DW_TAG_structure_type, DW_TAG_union_type -> {
          boolean inVariants = false;
          while (e.next()) {
            // A type that is declared inside is no part of the value, but its members look alike:
            // only those of the type itself and of its variants count.
            boolean own = e.depth() == 1 || (inVariants && e.depth() == 3);
            if (e.depth() == 1) {
              inVariants = e.tag() == DW_TAG_variant_part;
            }
            if (own && e.tag() == DW_TAG_member) {
              todo.add(e.reference(DW_AT_type));
            }
          }
        }
        case DW_TAG_array_type, DW_TAG_typedef -> todo.add(e.reference(DW_AT_type));
        default -> {}
      }
    }
    inside.put(type, into);
    return into;
  }

  /// The bytes of a value of that type, 0 when not known.
  private long sizeOf(long type, int depth) throws MalformedObjectException {
    if (type < 0 || depth > DEEPEST) {
      return 0;
    }
    Long known = sizes.get(type);
    if (known != null) {
      return known;
    }
    Entries e = info.entry(type);
    long size = e.number(DW_AT_byte_size, -1);
    if (size < 0) {
      size =
          switch (e.tag()) {
            case DW_TAG_pointer_type, DW_TAG_subroutine_type -> e.unit().addressSize();
            case DW_TAG_typedef -> sizeOf(e.reference(DW_AT_type), depth + 1);
            case DW_TAG_array_type -> {
              long element = sizeOf(e.reference(DW_AT_type), depth + 1);
              yield Math.max(0, saturated(element, elements(e)));
            }
            default -> 0;
          };
    }
    sizes.put(type, size);
    return size;
  }

  private static long saturated(long a, long b) {
    return Math.multiplyHigh(a, b) == 0 ? a * b : Long.MAX_VALUE;
  }

  /// How many elements an array has: the entry's own children say so.
  private static long elements(Entries array) throws MalformedObjectException {
    long count = 1;
    boolean any = false;
    while (array.next()) {
      if (array.depth() == 1 && array.tag() == DW_TAG_subrange_type) {
        count = saturated(count, Math.max(0, array.number(DW_AT_count, 0)));
        any = true;
      }
    }
    return any ? count : 0;
  }

  /// A type's name with its path.
  private String nameOf(long type) throws MalformedObjectException {
    return nameOf(type, 0);
  }

  private String nameOf(long type, int depth) throws MalformedObjectException {
    if (type < 0 || depth > DEEPEST) {
      return "?";
    }
    String known = names.get(type);
    if (known != null) {
      return known;
    }
    Entries e = info.entry(type);
    String name = e.text(DW_AT_name);
    if (e.tag() == DW_TAG_array_type) {
      name = "[" + nameOf(e.reference(DW_AT_type), depth + 1) + "; " + elements(e) + "]";
    } else {
      String scopes = walk.scopesOf(type);
      name = scopes.isEmpty() ? name : scopes + "::" + name;
    }
    name = name.isEmpty() ? "?" : name;
    names.put(type, name);
    return name;
  }
}
