package dev.pollard.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// One node of a Rust syntax tree, by the names of tree-sitter's grammar for Rust.
///
/// @param kind such as `function_item` or `await_expression`; a keyword or sign is its own kind
/// @param field what it is to its parent, such as `body`; empty when nothing is said
/// @param source the text of the whole file
/// @param start index of its first character in `source`
/// @param end index behind its last
/// @param broken whether the grammar could not read something in it
public record Syntax(
    String kind,
    String field,
    String source,
    int start,
    int end,
    boolean named,
    boolean broken,
    List<Syntax> children) {
  public Syntax {
    children = List.copyOf(children);
  }

  /// Its text.
  public String text() {
    return source.substring(start, end);
  }

  public boolean is(String... kinds) {
    return List.of(kinds).contains(kind);
  }

  /// The child that is `name` to it.
  public Optional<Syntax> child(String name) {
    return children.stream().filter(c -> c.field.equals(name)).findFirst();
  }

  /// Children that are no signs, keywords or comments.
  public List<Syntax> parts() {
    return children.stream()
        .filter(c -> c.named && !c.is("line_comment", "block_comment"))
        .toList();
  }

  /// Whether a direct child is that keyword or kind.
  public boolean has(String childKind) {
    return children.stream().anyMatch(c -> c.kind.equals(childKind));
  }

  /// It and all below, parents first.
  public Stream<Syntax> all() {
    var found = new ArrayList<Syntax>();
    visit(found::add);
    return found.stream();
  }

  private void visit(Consumer<Syntax> visitor) {
    visitor.accept(this);
    children.forEach(c -> c.visit(visitor));
  }

  /// Its line, from 1.
  public int line() {
    return lineAt(source, start);
  }

  /// The line that its last character is on, from 1.
  public int lastLine() {
    return lineAt(source, Math.max(start, end - 1));
  }

  /// Its column, from 1, in characters.
  public int column() {
    return columnAt(source, start);
  }

  /// The column of a place in a text, from 1, in characters.
  public static int columnAt(String source, int offset) {
    return offset - source.lastIndexOf('\n', offset - 1);
  }

  /// The line of a place in a text, from 1.
  public static int lineAt(String source, int offset) {
    return 1 + (int) source.substring(0, offset).chars().filter(c -> c == '\n').count();
  }
}
