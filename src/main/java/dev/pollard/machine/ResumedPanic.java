package dev.pollard.machine;

import dev.pollard.name.SymbolPath;
import java.util.Optional;
import java.util.Set;

/// The functions of `core` that panic because a coroutine was resumed after its end:
/// `core::panicking::panic_const::panic_const_async_fn_resumed` and its siblings. rustc gives a
/// call of one to each coroutine's poll function (unless `-Zasync-panic` is set), and nothing else
/// calls them.
public final class ResumedPanic {
  private static final String PREFIX = "panic_const_";

  private static final Set<String> KINDS =
      Set.of(
          "async_fn_resumed",
          "async_fn_resumed_panic",
          "async_fn_resumed_drop",
          "coroutine_resumed",
          "coroutine_resumed_panic",
          "coroutine_resumed_drop",
          "async_gen_fn_resumed",
          "async_gen_fn_resumed_panic",
          "async_gen_fn_resumed_drop",
          "gen_fn_none",
          "gen_fn_none_panic",
          "gen_fn_none_drop");

  private ResumedPanic() {}

  /// What the function of that symbol, v0 or legacy, panics about, such as `async_fn_resumed`;
  /// empty when it is none of them.
  public static Optional<String> kind(String symbol) {
    if (!symbol.contains(PREFIX)) {
      return Optional.empty(); // most symbols: reading one takes longer
    }
    return SymbolPath.of(symbol)
        .filter(p -> p.startsWith("core", "panicking", "panic_const"))
        .map(SymbolPath::item)
        .filter(i -> i.startsWith(PREFIX))
        .map(i -> i.substring(PREFIX.length()))
        .filter(KINDS::contains);
  }
}
