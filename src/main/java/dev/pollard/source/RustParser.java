package dev.pollard.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.treesitter.TSLanguage;
import org.treesitter.TSNode;
import org.treesitter.TSParser;

/// Reads Rust by tree-sitter's grammar. What does not parse is marked in the tree; there is always
/// one.
public final class RustParser {
  /// The grammar lies in a package that its library shares, so that modules cannot see both.
  private static final String GRAMMAR = "org.treesitter.TreeSitterRust";

  /// Deeper than any source; the tree is walked by recursion.
  private static final int DEEPEST = 2000;

  private RustParser() {}

  /// The tree of a source file; empty when it is nested too deeply to be a program's.
  public static Optional<Syntax> parse(String source) {
    var parser = new TSParser();
    if (!parser.setLanguage(grammar())) {
      throw new IllegalStateException("tree-sitter does not take its grammar for Rust");
    }
    var tree = parser.parseString(null, source);
    int[] indexes = indexes(source);
    return Optional.ofNullable(tree.getRootNode()).flatMap(n -> node(n, "", source, indexes, 0));
  }

  private static TSLanguage grammar() {
    try {
      return Class.forName(GRAMMAR)
          .asSubclass(TSLanguage.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the grammar for Rust is missing from the program", e);
    }
  }

  private static Optional<Syntax> node(
      TSNode node, String field, String source, int[] indexes, int depth) {
    if (depth > DEEPEST) {
      return Optional.empty();
    }
    List<Syntax> children = new ArrayList<>();
    for (int i = 0; i < node.getChildCount(); i++) {
      String name = node.getFieldNameForChild(i);
      Optional<Syntax> child =
          node(node.getChild(i), name == null ? "" : name, source, indexes, depth + 1);
      if (child.isEmpty()) {
        return child;
      }
      children.add(child.get());
    }
    return Optional.of(
        new Syntax(
            node.getType(),
            field,
            source,
            indexes[node.getStartByte()],
            indexes[node.getEndByte()],
            node.isNamed(),
            node.hasError(),
            children));
  }

  /// For each byte of the source in UTF-8 the index of its character.
  private static int[] indexes(String source) {
    int[] indexes = new int[source.getBytes(StandardCharsets.UTF_8).length + 1];
    int at = 0;
    for (int i = 0; i < source.length(); ) {
      int c = source.codePointAt(i);
      int bytes = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      for (int k = 0; k < bytes; k++) {
        indexes[at++] = i;
      }
      i += Character.charCount(c);
    }
    indexes[at] = source.length();
    return indexes;
  }
}
