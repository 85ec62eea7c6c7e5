package dev.pollard.lint;

import dev.pollard.inspect.Machine;
import dev.pollard.inspect.Machine.Held;
import dev.pollard.inspect.Machine.State;
import dev.pollard.inspect.MachineCost;
import dev.pollard.lint.AsyncItem.Kind;
import dev.pollard.source.Syntax;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// [Rule#ARGUMENT_TWICE]: an async function moves its arguments into locals, and rustc gives those
/// that live across an await room of their own beside the room where they came in.
final class ArgumentTwice implements Check {
  /// Fewer bytes are not worth a line.
  private static final long LEAST = 16;

  @Override
  public List<Finding> of(AsyncItem item, Survey survey) {
    Optional<MachineCost> machine = item.largest();
    if (item.kind() != Kind.FUNCTION || machine.isEmpty()) {
      return List.of();
    }
    Map<String, Long> twice = twice(machine.get().machine());
    long bytes = twice.values().stream().mapToLong(b -> b).sum();
    if (bytes < LEAST) {
      return List.of();
    }
    String names = "`" + String.join("`, `", twice.keySet()) + "`";
    Finding finding =
        item.finding(
            Rule.ARGUMENT_TWICE,
            "the future of %s has room for %s twice: where it comes in, and where it is used"
                .formatted(item.title(), names),
            "take the arguments into an async block, which uses them in place: `fn %s(..) -> impl Future<Output = %s> { async move { .. } }`"
                .formatted(item.name(), item.returns()),
            Saving.ofFuture(bytes));
    Optional<List<Edit>> head = item.isMain() ? Optional.empty() : Rewrites.returningFuture(item);
    if (head.isEmpty()) {
      return List.of(finding);
    }
    List<Edit> edits = new ArrayList<>(head.get());
    Syntax body = item.body();
    edits.add(new Edit(item.file(), body.start(), body.start(), "{ async move "));
    edits.add(new Edit(item.file(), body.end(), body.end(), " }"));
    return List.of(finding.changedBy(edits, !item.isRewritten() && isSure(item)));
  }

  /// The locals that have the name and the size of an argument, at another place.
  private static Map<String, Long> twice(Machine machine) {
    Map<String, Long> found = new LinkedHashMap<>();
    for (State unresumed : machine.states()) {
      if (!unresumed.name().equals("Unresumed")) {
        continue;
      }
      for (Held argument : unresumed.held()) {
        boolean again =
            machine.states().stream()
                .filter(State::isSuspend)
                .flatMap(s -> s.held().stream())
                .anyMatch(h ->
                    h.name().equals(argument.name())
                        && h.type().equals(argument.type())
                        && h.offset() != argument.offset());
        if (again && argument.size() > 0) {
          found.put(argument.name(), argument.size());
        }
      }
    }
    return found;
  }

  /// An async block captures what it mentions, and drops it in an order of its own: sure where all
  /// is mentioned, and one argument at most may have something to drop.
  private static boolean isSure(AsyncItem item) {
    int owned = 0;
    for (Syntax parameter : item.parameters()) {
      if (parameter.is("self_parameter")) {
        owned += parameter.text().startsWith("&") ? 0 : 1;
        if (!item.mentions("self")) {
          return false;
        }
        continue;
      }
      Optional<Syntax> pattern = parameter.child("pattern");
      Optional<Syntax> type = parameter.child("type");
      if (pattern.isEmpty() || type.isEmpty() || !isName(pattern.get())) {
        return false;
      }
      String name = AsyncItem.bound(pattern.get()).stream().findFirst().orElse("");
      if (!item.mentions(name)) {
        return false;
      }
      owned += type.get().is("reference_type", "primitive_type") ? 0 : 1;
    }
    return owned <= 1;
  }

  private static boolean isName(Syntax pattern) {
    return pattern.is("identifier") || pattern.is("mut_pattern");
  }
}
