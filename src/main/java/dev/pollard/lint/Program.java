package dev.pollard.lint;

import dev.pollard.inspect.Inspection;
import dev.pollard.inspect.MachineCost;
import dev.pollard.replay.LinkedProgram;
import java.io.IOException;
import java.nio.file.Path;

/// A program that was built, and where its bytes go.
record Program(LinkedProgram linked, Inspection inspection) {
  static Program of(LinkedProgram linked) throws IOException {
    return new Program(linked, Inspection.of(linked.file()));
  }

  /// Bytes of flash.
  long flash() {
    return inspection.sizes().flash();
  }

  /// Bytes of static memory.
  long ram() {
    return inspection.sizes().ram();
  }

  /// Bytes of the largest stack frame of a function that holds a machine's code; 0 when none is
  /// known.
  long largestFrame() {
    return inspection.machines().stream().mapToLong(m -> m.stackFrame().orElse(0)).max().orElse(0);
  }

  /// Whether it runs on a system with an allocator and threads.
  boolean isHosted() {
    return linked
        .crates()
        .getLast()
        .call()
        .arguments()
        .targetName()
        .map(Program::hosted)
        .orElse(true);
  }

  private static boolean hosted(String target) {
    return !target.contains("-none") && !target.startsWith("wasm32-unknown");
  }

  /// Whether a machine is written in that file, on one of those lines.
  static boolean isAt(MachineCost machine, Path file, int first, int last) {
    String where = machine.machine().file();
    int line = machine.machine().line();
    return line >= first
        && line <= last
        && !where.isEmpty()
        && Path.of(where).normalize().equals(file);
  }
}
