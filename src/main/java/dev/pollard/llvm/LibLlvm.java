package dev.pollard.llvm;

import static dev.pollard.llvm.capi.Core.CORE;
import static dev.pollard.llvm.capi.Support.SUPPORT;

import dev.pollard.llvm.capi.Backends;
import dev.pollard.llvm.capi.CodeGen;
import dev.pollard.llvm.capi.CommandLine;
import dev.pollard.llvm.capi.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The libLLVM of this process. Library, options and back ends are process-wide: one process works
/// for one target with one set of options, and with more for a while only by [#with].
public final class LibLlvm {
  /// The back ends of Rust's targets, by LLVM's name.
  private static final List<String> BACKENDS =
      List.of("ARM", "AArch64", "RISCV", "X86", "WebAssembly", "Xtensa", "AVR", "MSP430", "Mips");

  private static boolean loaded;
  private static Optional<List<String>> started = Optional.empty();

  private LibLlvm() {}

  /// Loads the library and initialises every back end it has, which takes longest of [#start].
  /// Again does nothing.
  ///
  /// @param library absolute path of the libLLVM that rustc itself loads
  /// @throws IllegalStateException when this process works with another library
  public static synchronized void load(Path library) {
    NativeLibrary.load(library);
    if (!loaded) {
      for (String backend : BACKENDS) {
        Backends.initialize(backend);
      }
      if (CodeGen.available()) {
        CodeGen.registerFlags();
      }
      loaded = true;
    }
  }

  /// Loads the library and parses `options`. Again with the same arguments does nothing.
  ///
  /// @param library absolute path of the libLLVM that rustc itself loads
  /// @param options LLVM's global options, such as `-function-sections`; an unknown one is ignored
  ///   without a word, as LLVM's C function has it
  /// @throws IllegalStateException when this process started with another library or other options
  public static synchronized void start(Path library, List<String> options) {
    load(library);
    if (started.isPresent()) {
      if (started.get().equals(options)) {
        return;
      }
      throw new IllegalStateException(
          "LLVM's options are set once per process: " + started.get() + ", not " + options);
    }
    parse(options);
    started = Optional.of(List.copyOf(options));
  }

  /// Whether [#with] can be called: not every library need export what it takes.
  public static boolean canChangeOptions() {
    return CommandLine.available();
  }

  /// Works with more options than this process was started with, which are taken back afterwards.
  /// What was set at the start stays set. Nothing else of LLVM may run meanwhile.
  ///
  /// @param more LLVM's global options; an unknown one is ignored without a word
  /// @throws IllegalStateException before [#start], or when [#canChangeOptions] says no
  public static synchronized void with(List<String> more, Runnable work) {
    List<String> own =
        started.orElseThrow(() -> new IllegalStateException("LLVM's options are not set yet"));
    set(CodeGenOptions.joined(own, more));
    try {
      work.run();
    } finally {
      set(own);
    }
  }

  private static void set(List<String> options) {
    CommandLine.resetAllOptionOccurrences();
    parse(options);
  }

  /// The back ends that the loaded library has, of those of Rust's targets.
  public static List<String> backends() {
    return BACKENDS.stream().filter(b -> exports("LLVMInitialize" + b + "Target")).toList();
  }

  /// Whether the loaded library exports `symbol`.
  public static boolean exports(String symbol) {
    return NativeLibrary.exports(symbol);
  }

  /// Major, minor and patch level of the loaded library, such as `22.1.2`.
  public static String version() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment words = arena.allocate(ValueLayout.JAVA_INT, 3);
      CORE.LLVMGetVersion(words, words.asSlice(4), words.asSlice(8));
      return words.getAtIndex(ValueLayout.JAVA_INT, 0)
          + "."
          + words.getAtIndex(ValueLayout.JAVA_INT, 1)
          + "."
          + words.getAtIndex(ValueLayout.JAVA_INT, 2);
    }
  }

  private static void parse(List<String> options) {
    List<String> all = new ArrayList<>(options);
    all.addFirst("pollard");
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment arguments = arena.allocate(ValueLayout.ADDRESS, all.size());
      for (int i = 0; i < all.size(); i++) {
        arguments.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(all.get(i)));
      }
      SUPPORT.LLVMParseCommandLineOptions(all.size(), arguments, arena.allocateFrom(""));
    }
  }
}
