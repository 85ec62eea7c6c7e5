package dev.pollard.lint;

import dev.pollard.inspect.Machine.Held;
import dev.pollard.inspect.Machine.State;
import dev.pollard.source.Syntax;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// [Rule#SAME_AWAIT]: each arm of a `match` or `if` ends in an await of the same function, and each
/// of those awaits is a state of its own.
final class SameAwait implements Check {
  private static final Set<String> DIVERGING =
      Set.of("panic", "unreachable", "todo", "unimplemented");

  /// One arm's await.
  ///
  /// @param call what is awaited
  /// @param end of the arm's value
  /// @param tail `.await` or `.await?`
  private record Arm(Syntax call, int end, String tail) {
    int lastLine() {
      return Syntax.lineAt(call.source(), end);
    }

    String callee() {
      return call.child("function").map(Syntax::text).orElse("").replaceAll("\\s+", "");
    }
  }

  @Override
  public List<Finding> of(AsyncItem item, Survey survey) {
    if (item.machines().isEmpty()) {
      return List.of();
    }
    List<Finding> found = new ArrayList<>();
    item.own(n -> {
      if (n.is("match_expression", "if_expression")) {
        found(item, n).ifPresent(found::add);
      }
    });
    return found;
  }

  private static Optional<Finding> found(AsyncItem item, Syntax choice) {
    List<Syntax> values = new ArrayList<>();
    Set<String> bound = new HashSet<>();
    if (!(choice.is("match_expression") ? arms(choice, values, bound) : branches(choice, values))) {
      return Optional.empty();
    }
    List<Arm> arms = new ArrayList<>();
    for (Syntax value : values) {
      Optional<Arm> arm = arm(value);
      if (arm.isPresent()) {
        arms.add(arm.get());
      } else if (!diverges(value)) {
        return Optional.empty();
      }
    }
    boolean same =
        arms.size() >= 2
            && arms.stream().map(Arm::callee).distinct().count() == 1
            && arms.stream().map(Arm::tail).distinct().count() == 1;
    if (!same || !awaitOneType(item, arms)) {
      return Optional.empty();
    }
    Arm first = arms.getFirst();
    List<Edit> edits = new ArrayList<>();
    arms.forEach(a -> edits.add(new Edit(item.file(), a.call.end(), a.end, "")));
    edits.add(
        new Edit(item.file(), choice.end(), choice.end(), first.tail + semicolon(item, choice)));
    // A value that a pattern moved out would be dropped before the await, not after it.
    boolean used = bound.stream().allMatch(b -> arms.stream().anyMatch(a -> mentions(a.call, b)));
    String word = choice.is("match_expression") ? "match" : "if";
    return Optional.of(
        item.finding(
                Rule.SAME_AWAIT,
                choice.start(),
                choice.start() + word.length(),
                "each of %d arms awaits `%s(..)`: %d states of %s where one would do"
                    .formatted(arms.size(), first.callee(), arms.size(), item.title()),
                "await once, behind the `%s`: its arms give the future".formatted(word),
                Saving.NONE)
            .changedBy(edits, used));
  }

  /// Whether the machine's states at the arms' awaits wait for futures of one type: a generic
  /// function gives another for each of its types, and an arm may be compiled out.
  private static boolean awaitOneType(AsyncItem item, List<Arm> arms) {
    return item.machines().stream()
        .anyMatch(m -> {
          Set<String> types = new HashSet<>();
          int states = 0;
          for (Arm arm : arms) {
            for (State state : m.machine().states()) {
              if (state.isSuspend()
                  && arm.call.line() <= state.line()
                  && state.line() <= arm.lastLine()) {
                states++;
                state.held().stream().filter(Held::isAwaitee).forEach(h -> types.add(h.type()));
                break;
              }
            }
          }
          return states == arms.size() && types.size() == 1;
        });
  }

  private static boolean mentions(Syntax node, String name) {
    return node.all().anyMatch(n -> n.is("identifier") && n.text().equals(name));
  }

  private static boolean arms(Syntax match, List<Syntax> values, Set<String> bound) {
    Optional<Syntax> body = match.child("body");
    if (body.isEmpty()) {
      return false;
    }
    for (Syntax arm : body.get().parts()) {
      Optional<Syntax> value = arm.child("value");
      if (!arm.is("match_arm") || value.isEmpty()) {
        return false;
      }
      values.add(value.get());
      arm.child("pattern").ifPresent(p -> bound.addAll(AsyncItem.bound(p)));
    }
    return true;
  }

  private static boolean branches(Syntax choice, List<Syntax> values) {
    Optional<Syntax> consequence = choice.child("consequence");
    Optional<Syntax> alternative = choice.child("alternative");
    if (consequence.isEmpty()
        || alternative.isEmpty()
        || choice.child("condition").filter(c -> c.kind().startsWith("let_")).isPresent()) {
      return false;
    }
    values.add(consequence.get());
    List<Syntax> parts = alternative.get().parts();
    if (parts.size() != 1) {
      return false;
    }
    Syntax last = parts.getFirst();
    if (last.is("if_expression")) {
      return branches(last, values);
    }
    values.add(last);
    return last.is("block");
  }

  private static Syntax inner(Syntax value) {
    List<Syntax> parts = value.parts();
    return value.is("block") && parts.size() == 1 ? parts.getFirst() : value;
  }

  private static Optional<Arm> arm(Syntax value) {
    Syntax node = inner(value);
    Syntax await = node.is("try_expression") ? node.parts().getFirst() : node;
    if (!await.is("await_expression")) {
      return Optional.empty();
    }
    Syntax call = await.parts().getFirst();
    return call.is("call_expression")
        ? Optional.of(new Arm(call, node.end(), node.is("try_expression") ? ".await?" : ".await"))
        : Optional.empty();
  }

  private static boolean diverges(Syntax value) {
    Syntax node = inner(value);
    Syntax plain = node.is("expression_statement") ? node.parts().getFirst() : node;
    return plain.is("return_expression", "break_expression", "continue_expression")
        || (plain.is("macro_invocation")
            && DIVERGING.contains(plain.child("macro").map(Syntax::text).orElse("")));
  }

  /// What a statement needs behind it that was none before: nothing at the end of a block.
  private static String semicolon(AsyncItem item, Syntax choice) {
    boolean inside =
        item.body()
            .all()
            .filter(b -> b.is("block"))
            .map(Syntax::parts)
            .anyMatch(parts ->
                parts.stream()
                    .limit(Math.max(0, parts.size() - 1))
                    .anyMatch(p ->
                        p.is("expression_statement")
                            && p.start() == choice.start()
                            && p.end() == choice.end()));
    return inside ? ";" : "";
  }
}
