package dev.pollard.llvm.capi;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.Optional;

/// The one libLLVM of this process. LLVM keeps global state (targets, options), so a second library
/// in one process would be a second LLVM that shares symbols with the first: refused.
public final class NativeLibrary {
  private record Loaded(Path path, SymbolLookup symbols) {}

  private static volatile Optional<Loaded> loaded = Optional.empty();

  private NativeLibrary() {}

  /// Loads the library at `path`, which must be absolute: a bare name would find whichever LLVM is
  /// installed beside rustc's. Loading the same one again does nothing.
  ///
  /// @throws IllegalStateException when another library is loaded already
  /// @throws IllegalArgumentException when there is no loadable library at `path`
  @SuppressWarnings("restricted")
  public static synchronized void load(Path path) {
    if (!path.isAbsolute()) {
      throw new IllegalArgumentException("libLLVM must be given by absolute path, not " + path);
    }
    Optional<Loaded> before = loaded;
    if (before.isPresent()) {
      if (before.get().path.equals(path)) {
        return;
      }
      throw new IllegalStateException(
          "this process has loaded " + before.get().path + " and cannot load " + path + " too");
    }
    loaded = Optional.of(new Loaded(path, SymbolLookup.libraryLookup(path, Arena.global())));
  }

  /// Whether the loaded library exports `name`; false when none is loaded.
  public static boolean exports(String name) {
    return loaded.flatMap(l -> l.symbols.find(name)).isPresent();
  }

  /// The path of the loaded library; empty when none is loaded.
  public static Optional<Path> path() {
    return loaded.map(Loaded::path);
  }

  /// Calls the function `name`, which takes nothing and gives nothing.
  ///
  /// @throws IllegalStateException when it fails
  @SuppressWarnings("restricted")
  static void call(String name) {
    try {
      Linker.nativeLinker().downcallHandle(symbol(name), FunctionDescriptor.ofVoid()).invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException(name + " failed", e);
    }
  }

  static MemorySegment symbol(String name) {
    Loaded library =
        loaded.orElseThrow(() -> new IllegalStateException("no libLLVM is loaded yet"));
    return library
        .symbols
        .find(name)
        .orElseThrow(() -> new UnsatisfiedLinkError(library.path + " does not export " + name));
  }
}
