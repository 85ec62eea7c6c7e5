package dev.pollard.lint;

import dev.pollard.lint.AsyncItem.Kind;
import dev.pollard.lint.AsyncItem.Owner;
import dev.pollard.source.Syntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// [Rule#NEVER_AWAITS] and, where a trait asks for the function, [Rule#READY_METHOD]: by the
/// machine's own states, so that an await that a macro brings counts.
final class NeverAwaits implements Check {
  @Override
  public List<Finding> of(AsyncItem item, Survey survey) {
    if (item.kind() != Kind.FUNCTION
        || item.isRewritten()
        || item.name().equals("main")
        || !item.neverSuspends()
        || !item.awaits().isEmpty()) {
      return List.of();
    }
    if (item.owner() == Owner.TRAIT_IMPL || item.owner() == Owner.TRAIT) {
      return List.of(ready(item));
    }
    return List.of(
        item.finding(
                Rule.NEVER_AWAITS,
                "%s is async and never awaits".formatted(item.title()),
                "take `async` from it, and `.await` from where it is called",
                Saving.NONE)
            .changedBy(Rewrites.withoutAsync(item).stream().toList(), true));
  }

  /// The work is done in the call instead of in the await: what a program does between the two
  /// comes later, so that only a person can say whether it may.
  private static Finding ready(AsyncItem item) {
    Finding finding =
        item.finding(
            Rule.READY_METHOD,
            "%s never waits: a state machine for what is ready at once".formatted(item.title()),
            "return `core::future::ready(..)` from `fn %s(..) -> impl Future<Output = %s>`: the work is then done when it is called, not when it is awaited"
                .formatted(item.name(), item.returns()),
            Saving.NONE);
    boolean leaves = item.body().all().anyMatch(n -> n.is("return_expression", "try_expression"));
    Optional<List<Edit>> head = leaves ? Optional.empty() : Rewrites.returningFuture(item);
    if (head.isEmpty()) {
      return finding;
    }
    List<Edit> edits = new ArrayList<>(head.get());
    Syntax body = item.body();
    edits.add(new Edit(item.file(), body.start(), body.start(), "{ ::core::future::ready("));
    edits.add(new Edit(item.file(), body.end(), body.end(), ") }"));
    return finding.changedBy(edits, false);
  }
}
