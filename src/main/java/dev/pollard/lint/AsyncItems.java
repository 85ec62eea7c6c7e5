package dev.pollard.lint;

import dev.pollard.lint.AsyncItem.Kind;
import dev.pollard.lint.AsyncItem.Owner;
import dev.pollard.source.Syntax;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the async functions, blocks and closures of a source. Tests' own are left out.
final class AsyncItems {
  /// `// pollard: allow(never-awaits, box-pin)`, on the item's first line or the line before it.
  private static final Pattern ALLOW = Pattern.compile("//+\\s*pollard:\\s*allow\\(([^)]*)\\)");

  private final String crate;
  private final int edition;
  private final Path file;
  private final List<String> lines;
  private final List<AsyncItem> found = new ArrayList<>();

  /// The parameter lists of the implementations and traits around.
  private final Deque<Syntax> around = new ArrayDeque<>();

  private AsyncItems(String crate, int edition, Path file, String source) {
    this.crate = crate;
    this.edition = edition;
    this.file = file;
    this.lines = source.lines().toList();
  }

  /// @param edition of the crate, such as 2021
  static List<AsyncItem> of(String crate, int edition, Path file, Syntax tree) {
    var items = new AsyncItems(crate, edition, file, tree.source());
    items.visit(tree, "", Owner.NOTHING);
    return items.found;
  }

  private void visit(Syntax node, String function, Owner owner) {
    List<String> attributes = new ArrayList<>();
    boolean test = false;
    for (Syntax child : node.children()) {
      if (child.is("attribute_item")) {
        attributes.add(path(child));
        test |= isTest(child);
        continue;
      }
      if (child.is("line_comment", "block_comment")) {
        continue;
      }
      if (!test) {
        item(child, function, owner, attributes);
      }
      attributes.clear();
      test = false;
    }
  }

  private void item(Syntax node, String function, Owner owner, List<String> attributes) {
    switch (node.kind()) {
      case "impl_item" ->
          within(node, function, node.child("trait").isPresent() ? Owner.TRAIT_IMPL : Owner.TYPE);
      case "declaration_list" -> visit(node, function, owner);
      case "trait_item" -> within(node, function, Owner.TRAIT);
      case "mod_item" -> visit(node, function, Owner.NOTHING);
      case "function_item" -> {
        String name = node.child("name").map(Syntax::text).orElse("");
        Optional<Syntax> body = node.child("body");
        boolean async =
            node.children().stream().anyMatch(c -> c.is("function_modifiers") && c.has("async"));
        if (async && body.isPresent()) {
          add(Kind.FUNCTION, name, node, body.get(), owner, attributes);
        }
        visit(node, name, Owner.NOTHING);
      }
      case "async_block" -> {
        node.parts().stream()
            .filter(p -> p.is("block"))
            .findFirst()
            .ifPresent(b -> add(Kind.BLOCK, function, node, b, Owner.NOTHING, List.of()));
        visit(node, function, Owner.NOTHING);
      }
      case "closure_expression" -> {
        if (node.has("async")) {
          node.child("body")
              .ifPresent(b -> add(Kind.CLOSURE, function, node, b, Owner.NOTHING, List.of()));
        }
        visit(node, function, Owner.NOTHING);
      }
      default -> visit(node, function, owner);
    }
  }

  private void within(Syntax node, String function, Owner owner) {
    Optional<Syntax> parameters = node.child("type_parameters");
    parameters.ifPresent(around::push);
    visit(node, function, owner);
    parameters.ifPresent(_ -> around.pop());
  }

  private void add(
      Kind kind, String name, Syntax node, Syntax body, Owner owner, List<String> attributes) {
    if (!node.broken()) {
      found.add(
          new AsyncItem(
              crate,
              edition,
              file,
              kind,
              name,
              node,
              body,
              owner,
              generics(node),
              attributes,
              silenced(node),
              false,
              List.of()));
    }
  }

  private List<Syntax> generics(Syntax node) {
    List<Syntax> lists = new ArrayList<>(around);
    node.child("type_parameters").ifPresent(lists::add);
    return lists;
  }

  private static String path(Syntax attribute) {
    return attribute.parts().getFirst().parts().getFirst().text().replaceAll("\\s", "");
  }

  private static boolean isTest(Syntax attribute) {
    String path = path(attribute);
    return path.equals("test")
        || path.endsWith("::test")
        || (path.equals("cfg") && attribute.text().matches("(?s).*\\(\\s*test\\s*\\).*"));
  }

  /// Comments in the lines above, attributes between, count as much as one behind the first line.
  private Set<String> silenced(Syntax node) {
    Set<String> ids = new HashSet<>();
    int line = node.line();
    note(lines.get(line - 1), ids);
    for (int i = line - 2; i >= 0; i--) {
      String text = lines.get(i).strip();
      if (!text.startsWith("//") && !text.startsWith("#")) {
        break;
      }
      note(text, ids);
    }
    return ids;
  }

  private static void note(String line, Set<String> ids) {
    Matcher allow = ALLOW.matcher(line);
    if (allow.find()) {
      for (String id : allow.group(1).split(",", -1)) {
        ids.add(id.strip());
      }
    }
  }
}
