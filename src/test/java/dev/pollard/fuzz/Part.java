package dev.pollard.fuzz;

import java.util.ArrayList;
import java.util.List;

/// A piece of a statement: text as it stands, statements of its own, any of which may be left out,
/// or a future, in whose place any other may stand.
sealed interface Part {
  /// Rust, with its brackets perhaps closed by a later piece.
  record Text(String text) implements Part {}

  /// Statements one after another.
  record Body(List<Stmt> statements) implements Part {
    public Body {
      statements = List.copyOf(statements);
    }
  }

  /// An expression whose value is a future of a number that borrows nothing.
  record Future(List<Part> parts) implements Part {
    /// The simplest that waits.
    static final Future SIMPLEST = new Future(row("yields(0, 1, v0)"));

    public Future {
      parts = List.copyOf(parts);
    }
  }

  /// Pieces in a row: strings, parts, statements, and lists of them.
  static List<Part> row(Object... pieces) {
    List<Part> parts = new ArrayList<>();
    for (Object piece : pieces) {
      switch (piece) {
        case String text -> parts.add(new Text(text));
        case Part part -> parts.add(part);
        case List<?> list -> parts.addAll(row(list.toArray()));
        default -> throw new IllegalArgumentException("no part: " + piece);
      }
    }
    return List.copyOf(parts);
  }
}
