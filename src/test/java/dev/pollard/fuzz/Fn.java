package dev.pollard.fuzz;

import java.util.List;

/// A function of a generated program, with the types that belong to it.
///
/// @param name what others call
/// @param feature what it is there for
/// @param head its text before the body
/// @param body statements, any of which may be left out
/// @param tail its text after the body
record Fn(String name, Feature feature, String head, List<Stmt> body, String tail) {
  Fn {
    body = List.copyOf(body);
  }

  Fn withBody(List<Stmt> statements) {
    return new Fn(name, feature, head, statements, tail);
  }
}
