package dev.pollard.lint;

import dev.pollard.lint.AsyncItem.Owner;
import dev.pollard.source.Syntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Edits that more than one rule makes. None adds or removes a line.
final class Rewrites {
  private Rewrites() {}

  /// Takes `async` from a function.
  static Optional<Edit> withoutAsync(AsyncItem item) {
    return item.node().children().stream()
        .filter(c -> c.is("function_modifiers"))
        .flatMap(m -> m.children().stream())
        .filter(c -> c.is("async"))
        .findFirst()
        .map(a -> new Edit(item.file(), a.start(), behindBlanks(item, a.end()), ""));
  }

  private static int behindBlanks(AsyncItem item, int from) {
    String source = item.node().source();
    int end = from;
    while (end < source.length() && (source.charAt(end) == ' ' || source.charAt(end) == '\t')) {
      end++;
    }
    return end;
  }

  /// Makes an async function one that returns a future: what is before the body. Empty where the
  /// type cannot be written.
  static Optional<List<Edit>> returningFuture(AsyncItem item) {
    Optional<String> captures = captures(item);
    Optional<Edit> async = withoutAsync(item);
    Optional<Syntax> parameters = item.node().child("parameters");
    if (captures.isEmpty() || async.isEmpty() || parameters.isEmpty()) {
      return Optional.empty();
    }
    List<Edit> edits = new ArrayList<>(List.of(async.get()));
    Optional<Syntax> type = item.node().child("return_type");
    String before =
        item.edition() >= 2024
            ? "impl Future<Output = " // in the prelude since
            : "impl ::core::future::Future<Output = ";
    String after = ">" + captures.get();
    if (type.isPresent()) {
      if (type.get().text().contains("impl ")) {
        return Optional.empty(); // impl within impl's type
      }
      edits.add(
          new Edit(
              item.file(),
              type.get().start(),
              type.get().end(),
              before + type.get().text() + after));
    } else {
      int end = parameters.get().end();
      edits.add(new Edit(item.file(), end, end, " -> " + before + "()" + after));
    }
    return Optional.of(edits);
  }

  /// What the future may borrow from has to be said before edition 2024; methods of traits capture
  /// all.
  private static Optional<String> captures(AsyncItem item) {
    if (item.edition() >= 2024 || item.owner() == Owner.TRAIT || item.owner() == Owner.TRAIT_IMPL) {
      return Optional.of("");
    }
    String parameters = item.node().child("parameters").map(Syntax::text).orElse("");
    if (parameters.contains("impl ")) {
      return Optional.empty(); // a type parameter without a name
    }
    List<String> lifetimes = new ArrayList<>();
    List<String> types = new ArrayList<>();
    for (Syntax list : item.generics()) {
      for (Syntax each : list.parts()) {
        Syntax name = each.child("name").orElse(each);
        if (each.is("lifetime_parameter", "lifetime")) {
          lifetimes.add(name.text());
        } else if (each.is("type_parameter", "const_parameter", "type_identifier")) {
          types.add(name.text());
        }
      }
    }
    boolean elided = parameters.matches("(?s).*&(?!\\s*'[a-zA-Z]).*") || parameters.contains("'_");
    if (elided) {
      lifetimes.addFirst("'_");
    }
    lifetimes.addAll(types);
    return Optional.of(lifetimes.isEmpty() ? "" : " + use<" + String.join(", ", lifetimes) + ">");
  }
}
