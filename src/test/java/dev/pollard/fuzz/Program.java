package dev.pollard.fuzz;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// One generated program: a module of a crate, which is run by its function `run`.
///
/// @param seed what it was made from
/// @param functions those that are called stand before those that call; the last is the root
record Program(long seed, List<Fn> functions) {
  private static final int INDENT = 4;

  Program {
    functions = List.copyOf(functions);
  }

  /// The module's text.
  String text() {
    var text = new StringBuilder();
    text.append("// Seed ").append(Long.toUnsignedString(seed)).append(".\n");
    text.append("#![allow(unused, unreachable_code)]\n");
    text.append(
        "use crate::rt::*;\nuse alloc::boxed::Box;\nuse alloc::vec;\nuse core::future::Future;\n");
    text.append("use core::pin::{Pin, pin};\nuse core::task::{Context, Poll};\n");
    for (Fn function : functions) {
      text.append('\n').append(function.head()).append('\n');
      append(text, function.body());
      text.append(function.tail()).append('\n');
    }
    text.append("\npub fn run() {\ncrate::rt::run(&mut || Box::pin(async {\n");
    text.append(functions.getLast().name()).append("(input(").append(seed & 0xffff_ffffL);
    text.append(")).await\n}));\n}\n");
    return indented(text.toString());
  }

  /// How many statements there are, those inside others too.
  int size() {
    return functions.stream().mapToInt(f -> size(f.body())).sum();
  }

  Set<Feature> features() {
    var features = EnumSet.noneOf(Feature.class);
    for (Fn function : functions) {
      features.add(function.feature());
      collect(function.body(), features);
    }
    return features;
  }

  private static int size(List<Stmt> statements) {
    return statements.stream().mapToInt(s -> 1 + inside(s.parts())).sum();
  }

  private static int inside(List<Part> parts) {
    int size = 0;
    for (Part part : parts) {
      size +=
          switch (part) {
            case Part.Text _ -> 0;
            case Part.Body(List<Stmt> statements) -> size(statements);
            case Part.Future future -> inside(future.parts());
          };
    }
    return size;
  }

  private static void collect(List<Stmt> statements, Set<Feature> features) {
    for (Stmt statement : statements) {
      features.add(statement.feature());
      collectInside(statement.parts(), features);
    }
  }

  private static void collectInside(List<Part> parts, Set<Feature> features) {
    for (Part part : parts) {
      switch (part) {
        case Part.Text(String text) -> {
          features.addAll(text.contains("later(") ? Set.of(Feature.TIMER) : Set.of());
          features.addAll(text.contains("yields(") ? Set.of(Feature.YIELD) : Set.of());
          features.addAll(text.contains("event(") ? Set.of(Feature.EVENT) : Set.of());
        }
        case Part.Body(List<Stmt> statements) -> collect(statements, features);
        case Part.Future future -> collectInside(future.parts(), features);
      }
    }
  }

  private static void append(StringBuilder text, List<Stmt> statements) {
    for (Stmt statement : statements) {
      appendParts(text, statement.parts());
      text.append('\n');
    }
  }

  private static void appendParts(StringBuilder text, List<Part> parts) {
    for (Part part : parts) {
      switch (part) {
        case Part.Text(String piece) -> text.append(piece);
        case Part.Body(List<Stmt> statements) -> {
          text.append('\n');
          append(text, statements);
        }
        case Part.Future future -> appendParts(text, future.parts());
      }
    }
  }

  /// Lines moved in by the brackets that are open before them.
  private static String indented(String text) {
    var lines = new ArrayList<String>();
    int depth = 0;
    for (String raw : text.split("\n", -1)) {
      String line = raw.strip();
      int closing = 0;
      while (closing < line.length() && "})]".indexOf(line.charAt(closing)) >= 0) {
        closing++;
      }
      lines.add(" ".repeat(INDENT * Math.max(0, line.isEmpty() ? 0 : depth - closing)) + line);
      for (int i = 0; i < line.length(); i++) {
        char c = line.charAt(i);
        depth += "{([".indexOf(c) >= 0 ? 1 : "})]".indexOf(c) >= 0 ? -1 : 0;
      }
    }
    return String.join("\n", lines);
  }
}
