package dev.pollard.lint;

import dev.pollard.inspect.Machine.State;
import dev.pollard.lint.AsyncItem.Kind;
import dev.pollard.source.Syntax;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// [Rule#PASS_THROUGH]: `async fn f(a: A) -> T { g(a).await }` is a machine around a machine.
final class PassThrough implements Check {
  @Override
  public List<Finding> of(AsyncItem item, Survey survey) {
    if (item.kind() != Kind.FUNCTION || item.isRewritten() || item.machines().isEmpty()) {
      return List.of();
    }
    Optional<Syntax> await = item.only().filter(p -> p.is("await_expression"));
    Optional<Syntax> call = await.map(a -> a.parts().getFirst()).filter(PassThrough::isPlainCall);
    if (await.isEmpty() || call.isEmpty() || borrowsOwn(item, call.get())) {
      return List.of();
    }
    String callee = call.get().child("function").orElse(call.get()).text().replaceAll("\\s+", "");
    Finding finding =
        item.finding(
            Rule.PASS_THROUGH,
            "%s only awaits `%s(..)`: a state machine around another"
                .formatted(item.title(), callee),
            "return the future itself: `fn %s(..) -> impl Future<Output = %s>`, without `.await`"
                .formatted(item.name(), item.returns()),
            Saving.NONE);
    Optional<List<Edit>> head = Rewrites.returningFuture(item);
    if (head.isEmpty()) {
      return List.of(finding);
    }
    List<Edit> edits = new ArrayList<>(head.get());
    edits.add(new Edit(item.file(), call.get().end(), await.get().end(), ""));
    return List.of(finding.changedBy(edits, awaitsAsyncFunction(item)));
  }

  /// Whether what is awaited is an async function's own future, which does nothing before it is
  /// polled: any other may be made by a function that works already when it is called.
  private static boolean awaitsAsyncFunction(AsyncItem item) {
    return item.machines().stream()
        .flatMap(m -> m.machine().states().stream())
        .filter(State::isSuspend)
        .allMatch(s ->
            s.held().stream().anyMatch(h -> h.isAwaitee() && h.type().contains("{async_fn_env#")));
  }

  /// A call of a path or of a method of a place, with places and literals for arguments: nothing
  /// that does something itself, and nothing that lives for the call alone.
  private static boolean isPlainCall(Syntax node) {
    Optional<Syntax> function = node.child("function");
    Optional<Syntax> arguments = node.child("arguments");
    return node.is("call_expression")
        && function.isPresent()
        && isCallee(function.get())
        && arguments.isPresent()
        && arguments.get().parts().stream().allMatch(PassThrough::isPlain);
  }

  private static boolean isCallee(Syntax node) {
    return switch (node.kind()) {
      case "identifier", "scoped_identifier" -> true;
      case "generic_function" -> node.child("function").map(PassThrough::isCallee).orElse(false);
      case "field_expression" -> node.child("value").map(PassThrough::isPlace).orElse(false);
      default -> false;
    };
  }

  private static boolean isPlace(Syntax node) {
    return node.is("identifier", "self")
        || (node.is("field_expression")
            && node.child("value").map(PassThrough::isPlace).orElse(false));
  }

  private static boolean isPlain(Syntax node) {
    return isPlace(node)
        || node.kind().endsWith("_literal")
        || node.is("scoped_identifier")
        || (node.is("reference_expression")
            && node.child("value").map(v -> isPlace(v)).orElse(false));
  }

  /// Whether a parameter that is passed by value is lent: the future would borrow what is gone.
  private static boolean borrowsOwn(AsyncItem item, Syntax call) {
    Set<String> owned = new HashSet<>();
    for (Syntax parameter : item.parameters()) {
      boolean reference = parameter.child("type").filter(t -> t.is("reference_type")).isPresent();
      if (parameter.is("parameter") && !reference) {
        parameter.child("pattern").ifPresent(p -> owned.addAll(AsyncItem.bound(p)));
      } else if (parameter.is("self_parameter") && !parameter.text().startsWith("&")) {
        owned.add("self");
      }
    }
    return call.all()
        .filter(n -> n.is("reference_expression"))
        .flatMap(Syntax::all)
        .anyMatch(n -> n.is("identifier", "self") && owned.contains(n.text()));
  }
}
