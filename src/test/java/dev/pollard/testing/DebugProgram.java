package dev.pollard.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Compiles the fixture `machines.ll`, which rustc wrote for `machines.rs` beside it, and links it:
/// a program with five machines and full debug info, for any processor and version of DWARF.
public final class DebugProgram {
  private static final String VERSION = "\"Dwarf Version\", i32 4";

  private DebugProgram() {}

  /// The targets that between them have both sizes of word and both byte orders.
  public static List<String> triples() {
    return List.of(
        "x86_64-linux-gnu", "thumbv7em-none-eabi", "riscv32-none-elf", "powerpc64-linux-gnu");
  }

  /// Builds it.
  ///
  /// @param version of DWARF, 4 or 5
  /// @param compilerFlags added to the command of `llc`
  public static Path build(Path folder, String triple, int version, String... compilerFlags)
      throws IOException {
    String text;
    try (var in = DebugProgram.class.getResourceAsStream("/fixtures/machines.ll")) {
      text =
          new String(
              Objects.requireNonNull(in).readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
    if (!text.contains(VERSION)) {
      throw new AssertionError("the fixture has no version of DWARF");
    }
    String name = triple + "-" + version;
    Path source = folder.resolve(name + ".ll");
    Files.writeString(source, text.replace(VERSION, "\"Dwarf Version\", i32 " + version));
    Path object = folder.resolve(name + ".o");
    var compile = new ArrayList<Object>(List.of(compilerFlags));
    compile.addAll(
        List.of(
            "-mtriple=" + triple,
            "-function-sections",
            "-stack-size-section",
            "-filetype=obj",
            source,
            "-o",
            object));
    LlvmTool.run("llc", compile.toArray());
    Path program = folder.resolve(name + (triple.startsWith("wasm") ? ".wasm" : ".elf"));
    var arguments = new ArrayList<Object>();
    if (triple.startsWith("wasm")) {
      arguments.addAll(
          List.of("--no-entry", "--export=poll_task", "--export=drop_task", "--allow-undefined"));
    } else {
      arguments.addAll(
          List.of("--unresolved-symbols=ignore-all", "-e", "poll_task", "--image-base=0x10000"));
    }
    arguments.addAll(List.of(object, "-o", program));
    LlvmTool.run(triple.startsWith("wasm") ? "wasm-ld" : "ld.lld", arguments.toArray());
    return program;
  }
}
