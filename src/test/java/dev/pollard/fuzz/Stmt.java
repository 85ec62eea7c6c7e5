package dev.pollard.fuzz;

import java.util.List;

/// A statement of a generated function. Every statement compiles wherever another one is left out:
/// what it reads was declared at the start of its function, or by itself.
///
/// @param feature what it is there for
/// @param parts its text, with the statements inside it
record Stmt(Feature feature, List<Part> parts) {
  Stmt {
    parts = List.copyOf(parts);
  }

  static Stmt of(Feature feature, Object... pieces) {
    return new Stmt(feature, Part.row(pieces));
  }
}
