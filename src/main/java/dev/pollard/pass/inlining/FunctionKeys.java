package dev.pollard.pass.inlining;

import dev.pollard.llvm.Function;
import dev.pollard.llvm.Module;
import dev.pollard.name.RustSymbol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Names for functions that survive an edit elsewhere in the program: demangled, without the hashes
/// of crates and instances. Of several functions with one such name (legacy names tell no generic
/// arguments) the second has ` #1` behind it, and so on in the order of the module.
final class FunctionKeys {
  private final Map<String, String> bySymbol = new LinkedHashMap<>();

  /// The names of a module on which no pass has run.
  static FunctionKeys of(Module module) {
    List<String> symbols = new ArrayList<>();
    for (Function function : module.functions()) {
      if (!function.isDeclaration()) {
        symbols.add(function.name());
      }
    }
    return new FunctionKeys(symbols);
  }

  /// @param symbols of all functions, in the order of the module
  FunctionKeys(List<String> symbols) {
    Map<String, Integer> seen = new HashMap<>();
    for (String symbol : symbols) {
      String name = name(symbol);
      int before = seen.merge(name, 1, Integer::sum) - 1;
      bySymbol.put(symbol, before == 0 ? name : name + " #" + before);
    }
  }

  /// The name of a function that the module defines.
  Optional<String> of(String symbol) {
    return Optional.ofNullable(bySymbol.get(symbol));
  }

  private static String name(String symbol) {
    // A suffix of LLVM's holds a hash of the module: two functions of one name are told by order.
    return RustSymbol.parse(symbol).map(RustSymbol::full).orElse(symbol).replace('\t', ' ');
  }
}
