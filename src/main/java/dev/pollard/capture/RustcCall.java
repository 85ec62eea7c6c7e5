package dev.pollard.capture;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// One rustc call as cargo made it.
///
/// @param compiler the compiler and what is chained before it (another wrapper)
/// @param arguments its command line
/// @param directory where it runs
/// @param environment its environment
public record RustcCall(
    List<String> compiler,
    RustcArguments arguments,
    Path directory,
    Map<String, String> environment) {
  public RustcCall {
    if (compiler.isEmpty()) {
      throw new IllegalArgumentException("no compiler");
    }
    compiler = List.copyOf(compiler);
    environment = Map.copyOf(environment);
  }

  /// The folder of the package's manifest, as cargo says; where the call runs if it does not.
  public Path manifestFolder() {
    return Path.of(environment.getOrDefault("CARGO_MANIFEST_DIR", directory.toString()));
  }

  /// The compiler itself, the last of the chain.
  public String rustc() {
    return compiler.getLast();
  }
}
