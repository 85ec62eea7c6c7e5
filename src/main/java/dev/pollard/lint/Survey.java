package dev.pollard.lint;

import dev.pollard.cargo.RecordedBuild;
import dev.pollard.inspect.MachineCost;
import dev.pollard.replay.Crate;
import dev.pollard.replay.LinkedProgram;
import dev.pollard.source.RustParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is known of a build before a rule looks at it: its programs, and the async items of the
/// crates that are asked about.
///
/// @param items in the order of their files
/// @param sources the text of each file
/// @param crates the crate that each file belongs to
record Survey(
    List<Program> programs,
    List<AsyncItem> items,
    Map<Path, String> sources,
    Map<Path, Crate> crates) {
  Survey {
    programs = List.copyOf(programs);
    items = List.copyOf(items);
    sources = Map.copyOf(sources);
    crates = Map.copyOf(crates);
  }

  /// @param named crates that are asked about; empty: all of the workspace
  /// @throws IOException when a named crate is in no program, or files cannot be read
  static Survey of(RecordedBuild build, Set<String> named) throws IOException {
    List<Program> programs = new ArrayList<>();
    Map<String, Crate> wanted = new LinkedHashMap<>();
    Set<String> missing = new LinkedHashSet<>(named);
    for (LinkedProgram linked : build.programs()) {
      programs.add(Program.of(linked));
      for (Crate crate : linked.crates()) {
        boolean asked =
            named.isEmpty()
                ? build.packages().contains(crate.call().manifestFolder())
                : named.contains(crate.name());
        if (asked) {
          wanted.put(crate.id(), crate);
          missing.remove(crate.name());
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new IOException(
          "--crate: no program has a crate " + String.join(", ", missing) + " in it");
    }
    Map<Path, String> sources = new LinkedHashMap<>();
    Map<Path, Crate> crates = new HashMap<>();
    List<AsyncItem> items = new ArrayList<>();
    List<Spawned> spawned = new ArrayList<>();
    for (Crate crate : wanted.values()) {
      for (Path file : crate.sources()) {
        if (!file.startsWith(crate.call().manifestFolder()) || sources.containsKey(file)) {
          continue; // what a build script made, or another crate has
        }
        String text;
        try {
          text = Files.readString(file);
        } catch (CharacterCodingException _) {
          continue; // no source of rustc's either
        }
        sources.put(file, text);
        crates.put(file, crate);
        if (text.contains("async")) {
          RustParser.parse(text)
              .ifPresent(tree -> {
                spawned.addAll(Spawned.of(crate.name(), file, tree));
                items.addAll(AsyncItems.of(crate.name(), crate.edition(), file, tree));
              });
        }
      }
    }
    Map<Path, List<MachineCost>> byFile = byFile(programs);
    items.replaceAll(i -> i.with(spawned.stream().anyMatch(s -> s.is(i)), machines(i, byFile)));
    return new Survey(programs, items, sources, crates);
  }

  private static Map<Path, List<MachineCost>> byFile(List<Program> programs) {
    Map<Path, List<MachineCost>> byFile = new HashMap<>();
    for (Program program : programs) {
      for (MachineCost machine : program.inspection().machines()) {
        String file = machine.machine().file();
        if (!file.isEmpty()) {
          byFile.computeIfAbsent(Path.of(file).normalize(), _ -> new ArrayList<>()).add(machine);
        }
      }
    }
    return byFile;
  }

  private static List<MachineCost> machines(AsyncItem item, Map<Path, List<MachineCost>> byFile) {
    return byFile.getOrDefault(item.file(), List.of()).stream()
        .filter(m ->
            m.machine().line() >= item.node().line()
                && m.machine().line() <= item.body().line()
                && kind(m) == item.kind())
        .toList();
  }

  /// A function's own machine; those of blocks within its head's lines are others.
  private static AsyncItem.Kind kind(MachineCost machine) {
    return switch (machine.machine().kind()) {
      case ASYNC_FN -> AsyncItem.Kind.FUNCTION;
      case ASYNC_CLOSURE -> AsyncItem.Kind.CLOSURE;
      case ASYNC_BLOCK, GENERATOR, UNKNOWN -> AsyncItem.Kind.BLOCK;
    };
  }

  /// Whether some program has an allocator and threads.
  boolean isHosted() {
    return programs.stream().anyMatch(Program::isHosted);
  }
}
