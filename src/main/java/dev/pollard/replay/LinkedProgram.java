package dev.pollard.replay;

import dev.pollard.capture.RustcCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A program or module that cargo built, and the calls that made it.
///
/// @param file where cargo put it
/// @param crates those that it is made of and whose calls are known, each after those it needs; its
///   own is the last
public record LinkedProgram(Path file, List<Crate> crates) {
  public LinkedProgram {
    crates = List.copyOf(crates);
  }

  /// Finds the calls that made a file.
  ///
  /// @param calls all that were recorded, also those of other builds
  /// @return empty when the call that made it is not among them
  /// @throws IOException when files cannot be read
  public static Optional<LinkedProgram> of(Path file, List<RustcCall> calls) throws IOException {
    Map<String, Crate> byId = new HashMap<>();
    for (RustcCall call : calls) {
      Crate crate = Crate.of(call);
      byId.put(crate.id(), crate);
    }
    for (Crate crate : byId.values()) {
      Optional<Path> linked = crate.linked(crate.outDir());
      if (linked.isPresent() && isSame(linked.get(), file)) {
        Set<Crate> found = new LinkedHashSet<>();
        collect(crate, byId, found);
        return Optional.of(new LinkedProgram(file, new ArrayList<>(found)));
      }
    }
    return Optional.empty();
  }

  /// cargo links the file by a hard link, or copies it.
  private static boolean isSame(Path linked, Path file) throws IOException {
    return Files.isSameFile(linked, file) || Files.mismatch(linked, file) < 0;
  }

  private static void collect(Crate crate, Map<String, Crate> byId, Set<Crate> found) {
    if (found.contains(crate)) {
      return;
    }
    for (String id : crate.externs()) {
      Crate needed = byId.get(id);
      if (needed != null && !needed.equals(crate)) {
        collect(needed, byId, found);
      }
    }
    found.add(crate);
  }

  /// A crate and all that need it, also through others.
  List<Crate> from(Crate first) {
    Set<String> changed = new LinkedHashSet<>();
    List<Crate> again = new ArrayList<>();
    for (Crate crate : crates) {
      if (crate.equals(first) || crate.externs().stream().anyMatch(changed::contains)) {
        changed.add(crate.id());
        again.add(crate);
      }
    }
    return again;
  }
}
