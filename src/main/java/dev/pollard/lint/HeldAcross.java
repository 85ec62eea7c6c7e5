package dev.pollard.lint;

import dev.pollard.inspect.Machine.Held;
import dev.pollard.inspect.Machine.State;
import dev.pollard.inspect.MachineCost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a future keeps across an await: [Rule#LARGE_LOCAL], [Rule#GUARD_HELD],
/// [Rule#ASYNC_GUARD_HELD] and [Rule#LARGE_SELECT].
final class HeldAcross implements Check {
  private static final long LARGE_HOSTED = 1024;
  private static final long LARGE = 128;

  /// Guards whose lock stops the thread of whoever waits for it.
  private static final Pattern GUARD =
      Pattern.compile(
          "^(std::sync::.*(MutexGuard|RwLock\\w*Guard)|parking_lot::|lock_api::.*Guard|spin::.*Guard"
              + "|core::cell::(RefMut|Ref)|critical_section::RestoreState)\\b.*");

  /// Guards of locks that are waited for by an await.
  private static final Pattern ASYNC_GUARD =
      Pattern.compile(
          "^(tokio::sync::.*Guard|embassy_sync::.*Guard|async_lock::.*Guard|futures_util::lock::.*Guard)\\b.*");

  private static final Pattern SIDE_BY_SIDE =
      Pattern.compile(
          "^(embassy_futures::(select::Select|join::Join)"
              + "|futures_util::future::(select|join|try_join|try_select|join_all|select_all)\\b"
              + "|futures_lite::future::(Or|Race|Zip|TryZip)\\b|tokio::.*::(Join|Select)).*");

  /// One thing that is kept.
  ///
  /// @param states in which
  private record Kept(Held held, List<State> states) {}

  @Override
  public List<Finding> of(AsyncItem item, Survey survey) {
    Optional<MachineCost> machine = item.largest();
    if (machine.isEmpty()) {
      return List.of();
    }
    long large = survey.isHosted() ? LARGE_HOSTED : LARGE;
    List<Finding> found = new ArrayList<>();
    for (Kept kept : kept(machine.get())) {
      String type = kept.held.type();
      if (GUARD.matcher(type).matches()) {
        found.add(guard(item, kept, Rule.GUARD_HELD));
      } else if (ASYNC_GUARD.matcher(type).matches()) {
        found.add(guard(item, kept, Rule.ASYNC_GUARD_HELD));
      } else if (SIDE_BY_SIDE.matcher(type).matches()) {
        if (kept.held.size() >= 2 * large) {
          found.add(sideBySide(item, kept));
        }
      } else if (kept.held.size() >= large && !kept.held.isAwaitee() && !type.contains("{async_")) {
        large(item, machine.get(), kept, large).ifPresent(found::add);
      }
    }
    return found;
  }

  /// Each local once, with the states that keep it; what is an awaited future in one state only.
  private static List<Kept> kept(MachineCost machine) {
    Map<String, Kept> found = new LinkedHashMap<>();
    for (State state : machine.machine().states()) {
      for (Held held : state.isSuspend() ? state.held() : List.<Held>of()) {
        String key = held.name() + "\0" + held.type() + "\0" + held.size();
        found.computeIfAbsent(key, _ -> new Kept(held, new ArrayList<>())).states.add(state);
      }
    }
    return List.copyOf(found.values());
  }

  private static String awaits(Kept kept) {
    var lines = new TreeSet<Integer>();
    kept.states.forEach(s -> lines.add(s.line()));
    String list = lines.stream().limit(6).map(String::valueOf).collect(Collectors.joining(", "));
    return (lines.size() == 1 ? "the await on line " : "the awaits on lines ")
        + list
        + (lines.size() > 6 ? " and " + (lines.size() - 6) + " more" : "");
  }

  private static String shortType(String type) {
    return type.length() <= 60 ? type : type.substring(0, 57) + "...";
  }

  private static Finding guard(AsyncItem item, Kept kept, Rule rule) {
    boolean blocking = rule == Rule.GUARD_HELD;
    return item.at(
        kept.held.name(),
        rule,
        "%s keeps `%s` (%s) across %s"
            .formatted(item.title(), kept.held.name(), shortType(kept.held.type()), awaits(kept)),
        blocking
            ? "let it go before: a block around it, or `drop`; whoever wants the lock meanwhile stops its thread, or panics"
            : "let it go before where the await has no need of it: the other tasks wait for as long",
        Saving.NONE);
  }

  private static Finding sideBySide(AsyncItem item, Kept kept) {
    return item.at(
        kept.held.name(),
        Rule.LARGE_SELECT,
        String.format(
            Locale.ROOT,
            "%s waits for futures side by side that take %,d bytes of it at %s (%s)",
            item.title(),
            kept.held.size(),
            awaits(kept),
            shortType(kept.held.type())),
        "where one of them may be a task of its own, or waits for one event only, wait for that event instead of for the whole future",
        Saving.NONE);
  }

  private static Optional<Finding> large(
      AsyncItem item, MachineCost machine, Kept kept, long large) {
    long future = machine.machine().futureSize().orElse(0);
    long most = 0;
    long without = 0;
    for (State state : machine.machine().states()) {
      most = Math.max(most, state.heldBytes());
      boolean keeps = kept.states.contains(state);
      without = Math.max(without, state.heldBytes() - (keeps ? kept.held.size() : 0));
    }
    long saved = Math.min(future, most - without);
    if (saved < large) {
      return Optional.empty(); // another state is as large
    }
    return Optional.of(
        item.at(
            kept.held.name(),
            Rule.LARGE_LOCAL,
            String.format(
                Locale.ROOT,
                "%s keeps `%s` (%s, %,d bytes) across %s",
                item.title(),
                kept.held.name(),
                shortType(kept.held.type()),
                kept.held.size(),
                awaits(kept)),
            isArgument(item, kept.held.name())
                ? "take it by reference, from who has it anyway"
                : "end its life before the await (a block, or a function that is not async), or take it by reference from who has it anyway",
            Saving.ofFuture(saved)));
  }

  private static boolean isArgument(AsyncItem item, String name) {
    return item.parameters().stream()
        .flatMap(p -> p.child("pattern").stream())
        .anyMatch(p -> AsyncItem.bound(p).contains(name));
  }
}
