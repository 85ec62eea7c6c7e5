package dev.pollard.name;

import java.util.Map;
import java.util.Optional;

/// What a coroutine is in the source.
public enum CoroutineKind {
  ASYNC_FN("async fn"),
  ASYNC_BLOCK("async block"),
  ASYNC_CLOSURE("async closure"),
  GENERATOR("gen"),
  /// The facts at hand do not say: names alone show every coroutine as a closure.
  UNKNOWN("closure");

  private final String text;

  CoroutineKind(String text) {
    this.text = text;
  }

  /// As people call it.
  public String text() {
    return text;
  }

  /// By the name of a subprogram or a type in rustc's debug info, such as `{async_fn#0}` or
  /// `{async_block_env#1}`; empty for anything that is no coroutine.
  public static Optional<CoroutineKind> ofDebugName(String name) {
    if (!name.startsWith("{")) {
      return Optional.empty();
    }
    for (var entry :
        Map.of(
                "{async_fn", ASYNC_FN,
                "{async_block", ASYNC_BLOCK,
                "{async_closure", ASYNC_CLOSURE,
                "{gen", GENERATOR,
                "{async_gen", GENERATOR,
                "{coroutine", GENERATOR)
            .entrySet()) {
      if (name.startsWith(entry.getKey())) {
        return Optional.of(entry.getValue());
      }
    }
    return Optional.empty();
  }
}
