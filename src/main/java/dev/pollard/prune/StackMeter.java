package dev.pollard.prune;

import dev.pollard.machine.PollFunctions;
import dev.pollard.name.CoroutineKind;
import dev.pollard.name.MachineNames;
import dev.pollard.object.elf.ElfFile;
import dev.pollard.size.StackReport;
import dev.pollard.size.StackSizes;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Reads the stack of poll functions off objects with `.stack_sizes`. Stock and every trial are
/// measured on the same terms: the same machines, each in whatever function holds it.
final class StackMeter {
  private final PollFunctions polls;
  private final Map<String, String> names;

  StackMeter(PollFunctions polls) {
    this.polls = polls;
    Map<String, CoroutineKind> kinds = new TreeMap<>();
    polls.polls().forEach(p -> kinds.put(p, CoroutineKind.UNKNOWN));
    this.names = MachineNames.of(kinds);
  }

  /// Measures an object; nothing is known of one that is not ELF.
  StackFacts measure(Path object) throws IOException {
    if (!ElfFile.isElf(object)) {
      return StackFacts.NONE;
    }
    try (Arena arena = Arena.ofConfined()) {
      ElfFile elf = ElfFile.map(object, arena);
      var frames = StackSizes.of(elf);
      Map<String, Long> machines = new LinkedHashMap<>();
      Set<String> holders = new TreeSet<>();
      names.forEach((symbol, name) -> {
        Set<String> found = polls.holders(symbol, frames.keySet());
        holders.addAll(found);
        long frame = found.stream().mapToLong(f -> frames.getOrDefault(f, 0L)).max().orElse(0);
        if (!found.isEmpty()) {
          machines.put(name, frame);
        }
      });
      return new StackFacts(machines, StackReport.of(elf, holders).deepestBytes());
    }
  }
}
