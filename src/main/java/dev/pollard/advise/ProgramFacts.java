package dev.pollard.advise;

import dev.pollard.budget.BudgetException;
import dev.pollard.config.SettingsException;
import dev.pollard.inspect.Inspection;
import dev.pollard.inspect.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/// What a program's file and its crates tell.
///
/// @param name of the program
/// @param target its triple; the processor where cargo was given none
/// @param executors the async executors that have code in it
/// @param dataParallel whether rayon has
/// @param described whether debug info says how its futures look: without it awaits are not known
/// @param room the chip's memory; empty when nothing tells, and for what runs on no chip
/// @param limit the most bytes that it may have; only for WebAssembly
public record ProgramFacts(
    String name,
    String target,
    Kind kind,
    List<String> executors,
    boolean dataParallel,
    boolean described,
    Awaits awaits,
    Footprint footprint,
    Optional<Room> room,
    OptionalLong limit) {
  public ProgramFacts {
    executors = List.copyOf(executors);
  }

  /// Reads a program.
  ///
  /// @param triple the target; empty for the host
  /// @param crates the names of those that it is built from
  /// @param room what may tell of the chip
  /// @throws IOException when the file cannot be read
  public static ProgramFacts of(
      String name,
      Path file,
      String triple,
      Collection<String> crates,
      Room.Sources room,
      OptionalLong limit)
      throws IOException, BudgetException, SettingsException {
    var inspection = Inspection.of(file);
    boolean listens = false;
    for (Row row : inspection.byFunction()) {
      listens |= KnownCrates.listens(row.name());
    }
    var kind = Kind.of(triple, listens);
    var linked = linked(inspection, crates);
    var awaits = Awaits.of(inspection.machines());
    return new ProgramFacts(
        name,
        triple.isEmpty() ? inspection.target() : triple,
        kind,
        KnownCrates.executors(linked),
        KnownCrates.dataParallel(linked),
        inspection.hasDebugInfo()
            && (awaits.machines() == 0
                || inspection.machines().stream().anyMatch(m -> !m.machine().states().isEmpty())),
        awaits,
        Footprint.of(inspection),
        kind == Kind.FIRMWARE ? Room.find(room, inspection.sizes()) : Optional.empty(),
        kind == Kind.WASM ? limit : OptionalLong.empty());
  }

  /// Those of the crates that have code in the program; all when debug info does not tell.
  private static Collection<String> linked(Inspection inspection, Collection<String> crates)
      throws IOException {
    if (!inspection.hasDebugInfo()) {
      return crates;
    }
    Set<String> there =
        inspection.byCrate().stream().map(Row::name).collect(Collectors.toCollection(HashSet::new));
    return crates.stream().filter(c -> there.contains(c.replace('-', '_'))).toList();
  }
}
