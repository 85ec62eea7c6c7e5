package dev.pollard.advise;

import java.util.Locale;

/// What a program is, as far as the decision about async goes.
public enum Kind {
  /// Takes connections, on an operating system.
  SERVER,
  /// Runs on an operating system and takes no connections.
  TOOL,
  /// Runs on a chip, without an operating system.
  FIRMWARE,
  /// A WebAssembly module.
  WASM;

  /// What it is called in a sentence.
  public String text() {
    return switch (this) {
      case SERVER -> "server";
      case TOOL -> "command-line tool";
      case FIRMWARE -> "firmware";
      case WASM -> "WebAssembly module";
    };
  }

  /// The kind that a target and the program's own code tell.
  ///
  /// @param triple the target; empty for the host
  /// @param listens whether it takes connections
  public static Kind of(String triple, boolean listens) {
    var lower = triple.toLowerCase(Locale.ROOT);
    if (lower.startsWith("wasm")) {
      return WASM;
    }
    if (lower.contains("-none") || lower.contains("-unknown-elf")) {
      return FIRMWARE;
    }
    return listens ? SERVER : TOOL;
  }
}
