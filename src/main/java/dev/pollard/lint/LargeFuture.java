package dev.pollard.lint;

import dev.pollard.inspect.Machine.Held;
import dev.pollard.inspect.Machine.State;
import dev.pollard.inspect.MachineCost;
import dev.pollard.source.Syntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What moves or keeps a large future where there is an allocator: [Rule#LARGE_SPAWN] and
/// [Rule#BOX_PIN].
final class LargeFuture implements Check {
  private static final long LARGE_SPAWN = 4096;
  private static final long LARGE_AWAITED = 1024;

  @Override
  public List<Finding> of(AsyncItem item, Survey survey) {
    if (!survey.isHosted()) {
      return List.of();
    }
    List<Finding> found = new ArrayList<>();
    spawn(item).ifPresent(found::add);
    box(item).ifPresent(found::add);
    return found;
  }

  private static Optional<Finding> spawn(AsyncItem item) {
    long size = item.futureSize().orElse(0);
    if (!item.spawned() || size < LARGE_SPAWN) {
      return Optional.empty();
    }
    return Optional.of(
        item.finding(
            Rule.LARGE_SPAWN,
            String.format(
                Locale.ROOT,
                "the future of %s takes %,d bytes, and `spawn` moves it from the stack to the heap",
                item.title(),
                size),
            "spawn `Box::pin(..)` of it, or make it smaller: `pollard inspect --by state` says what it keeps",
            Saving.NONE));
  }

  /// The await whose future alone makes a machine large.
  private static Optional<Finding> box(AsyncItem item) {
    Optional<MachineCost> machine = item.largest();
    if (machine.isEmpty()) {
      return Optional.empty();
    }
    State largest = null;
    long second = 0;
    for (State state : machine.get().machine().states()) {
      if (largest == null || state.heldBytes() > largest.heldBytes()) {
        second = largest == null ? second : Math.max(second, largest.heldBytes());
        largest = state;
      } else {
        second = Math.max(second, state.heldBytes());
      }
    }
    if (largest == null || !largest.isSuspend()) {
      return Optional.empty();
    }
    long awaited =
        largest.held().stream().filter(Held::isAwaitee).mapToLong(Held::size).max().orElse(0);
    long saved = Math.min(awaited, largest.heldBytes() - second);
    int line = largest.line();
    List<Syntax> awaits =
        item.awaits().stream().filter(a -> a.line() <= line && line <= a.lastLine()).toList();
    if (saved < LARGE_AWAITED || awaits.size() != 1) {
      return Optional.empty();
    }
    Syntax await = awaits.getFirst();
    Syntax inner = await.parts().getFirst();
    Finding finding =
        item.finding(
            Rule.BOX_PIN,
            inner.start(),
            await.end(),
            String.format(
                Locale.ROOT,
                "this future takes %,d bytes of %s, which needs %,d at its other awaits",
                awaited,
                item.title(),
                second),
            "`Box::pin(..).await` where it is seldom reached, or many of these futures are alive",
            Saving.ofFuture(saved));
    return Optional.of(
        finding.changedBy(
            List.of(
                new Edit(item.file(), inner.start(), inner.start(), "::std::boxed::Box::pin("),
                new Edit(item.file(), inner.end(), inner.end(), ")")),
            false));
  }
}
