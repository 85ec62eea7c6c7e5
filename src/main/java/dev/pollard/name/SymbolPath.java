package dev.pollard.name;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The path of a plain item in a mangled Rust symbol, v0 or legacy: `core::panicking::panic_fmt` is
/// `[core, panicking, panic_fmt]`. Generic arguments, hashes and LLVM's suffixes are left out;
/// items of an `impl` have no path of this kind.
///
/// @param segments crate first, item last; at least one
public record SymbolPath(List<String> segments) {
  public SymbolPath {
    segments = List.copyOf(segments);
  }

  /// The path in `symbol`; empty when it is mangled in another way or is no plain item.
  public static Optional<SymbolPath> of(String symbol) {
    if (symbol.startsWith("_RIN") || symbol.startsWith("_RN")) {
      return new Reader(symbol, symbol.indexOf('N')).v0();
    }
    return symbol.startsWith("_ZN") ? new Reader(symbol, 3).legacy() : Optional.empty();
  }

  /// Whether the item is inside `crate`, and so on down.
  public boolean startsWith(String... outer) {
    return segments.size() >= outer.length
        && segments.subList(0, outer.length).equals(List.of(outer));
  }

  /// The item's own name.
  public String item() {
    return segments.getLast();
  }

  private static final class Reader {
    private final String symbol;
    private int at;

    Reader(String symbol, int at) {
      this.symbol = symbol;
      this.at = at;
    }

    /// `N <namespace> <path> <identifier>`, and `C <identifier>` for the crate.
    Optional<SymbolPath> v0() {
      int depth = 0;
      while (peek() == 'N') {
        at += 2;
        depth++;
      }
      if (peek() != 'C') {
        return Optional.empty();
      }
      at++;
      List<String> segments = new ArrayList<>();
      for (int i = 0; i <= depth; i++) {
        Optional<String> segment = v0Identifier();
        if (segment.isEmpty()) {
          return Optional.empty();
        }
        segments.add(segment.get());
      }
      return Optional.of(new SymbolPath(segments));
    }

    /// `[s <base 62> _] [u] <length> [_] <bytes>`.
    private Optional<String> v0Identifier() {
      if (peek() == 's') {
        int end = symbol.indexOf('_', at);
        if (end < 0) {
          return Optional.empty();
        }
        at = end + 1;
      }
      if (peek() == 'u') {
        return Optional.empty();
      }
      Optional<Integer> length = number();
      if (length.isPresent() && peek() == '_') {
        at++;
      }
      return length.flatMap(this::take);
    }

    /// `<length> <bytes>` until `E`; the last one is a hash.
    Optional<SymbolPath> legacy() {
      List<String> segments = new ArrayList<>();
      while (peek() != 'E') {
        Optional<String> segment = number().flatMap(this::take);
        if (segment.isEmpty()) {
          return Optional.empty();
        }
        segments.add(segment.get());
      }
      boolean hashed = segments.size() > 1 && segments.getLast().matches("h[0-9a-f]{16}");
      return hashed
          ? Optional.of(new SymbolPath(segments.subList(0, segments.size() - 1)))
          : Optional.empty();
    }

    private Optional<Integer> number() {
      int start = at;
      while (peek() >= '0' && peek() <= '9' && at - start < 6) {
        at++;
      }
      return at == start
          ? Optional.empty()
          : Optional.of(Integer.parseInt(symbol.substring(start, at)));
    }

    private Optional<String> take(int length) {
      if (at + length > symbol.length()) {
        return Optional.empty();
      }
      at += length;
      return Optional.of(symbol.substring(at - length, at));
    }

    private char peek() {
      return at < symbol.length() ? symbol.charAt(at) : 0;
    }
  }
}
