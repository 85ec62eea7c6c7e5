package dev.pollard.fuzz;

/// What programs are built for.
enum Target {
  HOST("", "", ""),
  THUMB("thumbv7m-none-eabi", "thumbv7m.ld", "mps2-an386"),
  RISCV("riscv32imac-unknown-none-elf", "riscv32imac.ld", "virt32");

  private final String triple;
  private final String script;
  private final String board;

  Target(String triple, String script, String board) {
    this.triple = triple;
    this.script = script;
    this.board = board;
  }

  boolean isHost() {
    return triple.isEmpty();
  }

  /// cargo's name for it; empty for the host.
  String triple() {
    return triple;
  }

  /// The linker script; empty for the host.
  String script() {
    return script;
  }

  /// The board of `examples/run-qemu`; empty for the host.
  String board() {
    return board;
  }
}
