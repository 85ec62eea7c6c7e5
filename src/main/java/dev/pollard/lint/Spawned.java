package dev.pollard.lint;

import dev.pollard.lint.AsyncItem.Kind;
import dev.pollard.source.Syntax;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a call of `spawn` or `spawn_local` is given.
///
/// @param start of an async block; -1 for a call
/// @param function the last part of the name of what is called; empty for a block
record Spawned(String crate, Path file, int start, String function) {
  static List<Spawned> of(String crate, Path file, Syntax tree) {
    List<Spawned> found = new ArrayList<>();
    tree.all()
        .filter(n -> n.is("call_expression"))
        .forEach(call -> {
          String name = lastName(call.child("function"));
          Optional<Syntax> given =
              call.child("arguments")
                  .map(Syntax::parts)
                  .filter(a -> a.size() == 1)
                  .map(List::getFirst);
          if ((name.equals("spawn") || name.equals("spawn_local")) && given.isPresent()) {
            if (given.get().is("async_block")) {
              found.add(new Spawned(crate, file, given.get().start(), ""));
            } else if (given.get().is("call_expression")) {
              found.add(new Spawned(crate, file, -1, lastName(given.get().child("function"))));
            }
          }
        });
    return found;
  }

  private static String lastName(Optional<Syntax> function) {
    String text = function.map(Syntax::text).orElse("");
    return text.substring(Math.max(text.lastIndexOf(':'), text.lastIndexOf('.')) + 1).strip();
  }

  boolean is(AsyncItem item) {
    return start >= 0
        ? item.file().equals(file) && item.node().start() == start
        : item.kind() == Kind.FUNCTION
            && item.crate().equals(crate)
            && !function.isEmpty()
            && item.name().equals(function);
  }
}
