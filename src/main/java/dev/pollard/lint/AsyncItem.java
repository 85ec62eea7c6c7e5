package dev.pollard.lint;

import dev.pollard.inspect.MachineCost;
import dev.pollard.source.Syntax;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/// An async function, block or closure of the source, and its machines in the programs: one, or
/// several where it is generic, or none where no program has it.
///
/// @param name of the function; of a block or closure that of the function that it is in
/// @param node all of it
/// @param body its block, or the expression of a closure
/// @param owner what the item is a member of
/// @param generics the parameter lists in scope: the implementation's and its own
/// @param spawned whether it is given to a `spawn`
/// @param attributes of a function, their paths, such as `inline` or `tokio::main`
/// @param silenced ids of rules that a comment silences here
record AsyncItem(
    String crate,
    int edition,
    Path file,
    Kind kind,
    String name,
    Syntax node,
    Syntax body,
    Owner owner,
    List<Syntax> generics,
    List<String> attributes,
    Set<String> silenced,
    boolean spawned,
    List<MachineCost> machines) {
  enum Kind {
    FUNCTION,
    BLOCK,
    CLOSURE
  }

  enum Owner {
    NOTHING,
    TYPE,
    /// An implementation of a trait.
    TRAIT_IMPL,
    /// A trait: the function is a default method.
    TRAIT
  }

  /// Attributes that leave a function what it is.
  private static final Set<String> PLAIN =
      Set.of(
          "inline",
          "doc",
          "allow",
          "expect",
          "warn",
          "deny",
          "cfg",
          "cfg_attr",
          "must_use",
          "cold",
          "track_caller",
          "deprecated",
          "rustfmt::skip");

  AsyncItem {
    generics = List.copyOf(generics);
    attributes = List.copyOf(attributes);
    silenced = Set.copyOf(silenced);
    machines = List.copyOf(machines);
  }

  /// Whether an attribute makes something else of the function, as `#[tokio::main]` does.
  boolean isRewritten() {
    return attributes.stream()
        .anyMatch(a -> !PLAIN.contains(a) && !a.startsWith("clippy::") && !a.startsWith("doc"));
  }

  /// Whether it is the program's `main`, which an attribute makes a function of.
  boolean isMain() {
    return name.equals("main") && isRewritten();
  }

  /// Whether some machine of it has no suspend point, and none has one.
  boolean neverSuspends() {
    return machines.stream()
            .anyMatch(m -> m.machine().states().stream().noneMatch(s -> s.isSuspend()))
        && machines.stream()
            .noneMatch(m -> m.machine().states().stream().anyMatch(s -> s.isSuspend()))
        && machines.stream().noneMatch(m -> m.machine().states().isEmpty());
  }

  /// The awaits that are its own, not those of blocks, closures and functions within it.
  List<Syntax> awaits() {
    List<Syntax> found = new ArrayList<>();
    own(n -> {
      if (n.is("await_expression")) {
        found.add(n);
      }
    });
    return found;
  }

  /// Everything in its body that it runs itself.
  void own(Consumer<Syntax> visitor) {
    visit(body, visitor);
  }

  private static void visit(Syntax node, Consumer<Syntax> visitor) {
    visitor.accept(node);
    for (Syntax child : node.children()) {
      if (!child.is("async_block", "closure_expression", "function_item")) {
        visit(child, visitor);
      }
    }
  }

  /// From its first word to the brace of its body: what a message points at.
  int headEnd() {
    int end = body.start();
    while (end > node.start() && Character.isWhitespace(node.source().charAt(end - 1))) {
      end--;
    }
    return kind == Kind.FUNCTION ? end : Math.min(node.end(), node.start() + "async".length());
  }

  Optional<MachineCost> largest() {
    return machines.stream()
        .max((a, b) ->
            Long.compare(a.machine().futureSize().orElse(0), b.machine().futureSize().orElse(0)));
  }

  OptionalLong futureSize() {
    return largest().map(m -> m.machine().futureSize()).orElse(OptionalLong.empty());
  }

  /// How messages name it.
  String title() {
    return switch (kind) {
      case FUNCTION -> "`" + name + "`";
      case BLOCK -> name.isEmpty() ? "an async block" : "an async block in `" + name + "`";
      case CLOSURE -> name.isEmpty() ? "an async closure" : "an async closure in `" + name + "`";
    };
  }

  /// The one part of its body, where there is no more.
  Optional<Syntax> only() {
    List<Syntax> parts = body.parts();
    return parts.size() == 1 && body.is("block") ? Optional.of(parts.getFirst()) : Optional.empty();
  }

  /// What a function returns when it is done, as the source has it.
  String returns() {
    return node.child("return_type").map(Syntax::text).orElse("()");
  }

  /// The list of a function's parameters.
  List<Syntax> parameters() {
    return node.child("parameters").map(Syntax::parts).orElse(List.of());
  }

  /// Where a local is declared in it: the name in its `let`, or the parameter; its head when it is
  /// neither.
  Finding at(String local, Rule rule, String message, String help, Saving saving) {
    List<Syntax> places = new ArrayList<>();
    parameters().forEach(p -> p.child("pattern").ifPresent(places::add));
    own(n -> {
      if (n.is("let_declaration")) {
        n.child("pattern").ifPresent(places::add);
      }
    });
    List<Syntax> names =
        places.stream()
            .flatMap(Syntax::all)
            .filter(n -> n.is("identifier") && n.text().equals(local))
            .toList();
    return names.size() == 1
        ? finding(rule, names.getFirst().start(), names.getFirst().end(), message, help, saving)
        : finding(rule, message, help, saving);
  }

  /// Whether a name stands in its body, as a word of the code or of a macro's text.
  boolean mentions(String name) {
    return body.all()
        .anyMatch(
            n -> n.is("identifier", "self", "shorthand_field_identifier") && n.text().equals(name));
  }

  Finding finding(Rule rule, int start, int end, String message, String help, Saving saving) {
    return new Finding(
        rule,
        crate,
        file,
        node.source(),
        start,
        end,
        message,
        List.of(),
        help,
        saving,
        List.of(),
        false);
  }

  Finding finding(Rule rule, String message, String help, Saving saving) {
    return finding(rule, node.start(), headEnd(), message, help, saving);
  }

  AsyncItem with(boolean isSpawned, List<MachineCost> found) {
    return new AsyncItem(
        crate,
        edition,
        file,
        kind,
        name,
        node,
        body,
        owner,
        generics,
        attributes,
        silenced,
        isSpawned,
        found);
  }

  /// Names that patterns in a node bind.
  static Set<String> bound(Syntax pattern) {
    Set<String> names = new HashSet<>();
    pattern
        .all()
        .filter(n -> n.is("identifier") && Character.isLowerCase(n.text().codePointAt(0)))
        .forEach(n -> names.add(n.text()));
    return names;
  }
}
