package dev.pollard.fuzz;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Makes a program that behaves differently smaller while it still does. Many smaller ones are
/// tried by one build.
final class Shrinker {
  /// How many are tried at once.
  private static final int BATCH = 60;

  /// Functions from a number to a future of a number, as the root is.
  private static final Set<Feature> ROOTS =
      Set.of(
          Feature.CALL,
          Feature.PASS_THROUGH,
          Feature.STREAM,
          Feature.NEVER_WAITS,
          Feature.ASYNC_BLOCK);

  /// Which of some programs still show the difference.
  @FunctionalInterface
  interface Test {
    /// Builds and runs them.
    ///
    /// @return the indices of those that do
    List<Integer> different(List<Program> candidates) throws IOException;
  }

  private Shrinker() {}

  /// The smallest that is found.
  static Program shrink(Program program, Test test) throws IOException {
    var best = program;
    while (true) {
      var smaller = smaller(best);
      var found = List.<Integer>of();
      for (int from = 0; from < smaller.size() && found.isEmpty(); from += BATCH) {
        var batch = smaller.subList(from, Math.min(smaller.size(), from + BATCH));
        found = test.different(batch);
        if (!found.isEmpty()) {
          best =
              found.stream()
                  .map(batch::get)
                  .min(Comparator.comparingInt(p -> p.text().length()))
                  .orElseThrow();
        }
      }
      if (found.isEmpty()) {
        return best;
      }
    }
  }

  /// Every program that one step away is shorter, the shortest first.
  static List<Program> smaller(Program program) {
    List<Program> found = new ArrayList<>();
    int last = program.functions().size() - 1;
    if (last > 0 && ROOTS.contains(program.functions().get(last - 1).feature())) {
      found.add(withoutUnused(new Program(program.seed(), program.functions().subList(0, last))));
    }
    for (int i = 0; i < program.functions().size(); i++) {
      var function = program.functions().get(i);
      for (List<Stmt> body : smaller(function.body())) {
        var functions = new ArrayList<>(program.functions());
        functions.set(i, function.withBody(body));
        found.add(withoutUnused(new Program(program.seed(), functions)));
      }
    }
    int length = program.text().length();
    return found.stream()
        .filter(p -> p.text().length() < length)
        .sorted(Comparator.comparingInt(p -> p.text().length()))
        .toList();
  }

  private static List<List<Stmt>> smaller(List<Stmt> statements) {
    List<List<Stmt>> found = new ArrayList<>();
    if (statements.size() > 1) {
      found.add(List.of());
      found.add(statements.subList(0, statements.size() / 2));
      found.add(statements.subList(statements.size() / 2, statements.size()));
    }
    for (int i = 0; i < statements.size(); i++) {
      var statement = statements.get(i);
      found.add(spliced(statements, i, List.of()));
      for (List<Stmt> inner : bodies(statement.parts())) {
        found.add(spliced(statements, i, inner));
      }
      for (List<Part> parts : smallerParts(statement.parts())) {
        found.add(spliced(statements, i, List.of(new Stmt(statement.feature(), parts))));
      }
    }
    return found;
  }

  private static List<List<Part>> smallerParts(List<Part> parts) {
    List<List<Part>> found = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      switch (parts.get(i)) {
        case Part.Text _ -> {}
        case Part.Body(List<Stmt> statements) -> {
          for (List<Stmt> body : smaller(statements)) {
            found.add(with(parts, i, new Part.Body(body)));
          }
        }
        case Part.Future future -> {
          found.add(with(parts, i, Part.Future.SIMPLEST));
          for (List<Part> inner : smallerParts(future.parts())) {
            found.add(with(parts, i, new Part.Future(inner)));
          }
        }
      }
    }
    return found;
  }

  private static List<List<Stmt>> bodies(List<Part> parts) {
    List<List<Stmt>> bodies = new ArrayList<>();
    for (Part part : parts) {
      switch (part) {
        case Part.Text _ -> {}
        case Part.Body(List<Stmt> statements) -> bodies.add(statements);
        case Part.Future future -> bodies.addAll(bodies(future.parts()));
      }
    }
    return bodies;
  }

  private static List<Stmt> spliced(List<Stmt> statements, int at, List<Stmt> instead) {
    List<Stmt> changed = new ArrayList<>(statements.subList(0, at));
    changed.addAll(instead);
    changed.addAll(statements.subList(at + 1, statements.size()));
    return changed;
  }

  private static List<Part> with(List<Part> parts, int at, Part part) {
    List<Part> changed = new ArrayList<>(parts);
    changed.set(at, part);
    return changed;
  }

  /// Without the functions that no later one names.
  private static Program withoutUnused(Program program) {
    var functions = new ArrayList<>(program.functions());
    for (int i = functions.size() - 2; i >= 0; i--) {
      var later = new Program(program.seed(), functions.subList(i + 1, functions.size())).text();
      if (!Pattern.compile("\\b[sSW]?" + functions.get(i).name() + "\\b").matcher(later).find()) {
        functions.remove(i);
      }
    }
    return new Program(program.seed(), functions);
  }
}
