package dev.pollard.pass;

import dev.pollard.llvm.Function;
import dev.pollard.name.RustSymbol;
import java.util.List;
import java.util.regex.Pattern;

/// Functions that are left as rustc made them.
///
/// @param patterns one that is found in a function's demangled name, or in its symbol, keeps the
///   function
public record KeepList(List<Pattern> patterns) {
  /// Keeps nothing.
  public static final KeepList NOTHING = new KeepList(List.of());

  public KeepList {
    patterns = List.copyOf(patterns);
  }

  /// Whether `function` is left alone.
  public boolean keeps(Function function) {
    if (patterns.isEmpty()) {
      return false;
    }
    String symbol = function.name();
    String name = RustSymbol.demangle(symbol);
    return patterns.stream().anyMatch(p -> p.matcher(name).find() || p.matcher(symbol).find());
  }
}
