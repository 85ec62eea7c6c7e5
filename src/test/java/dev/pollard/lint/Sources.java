package dev.pollard.lint;

import dev.pollard.inspect.Machine;
import dev.pollard.inspect.Machine.Held;
import dev.pollard.inspect.Machine.State;
import dev.pollard.inspect.MachineCost;
import dev.pollard.name.CoroutineKind;
import dev.pollard.source.RustParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Async items of a text, with machines made by hand.
final class Sources {
  static final Path FILE = Path.of("/work/src/lib.rs");
  static final Survey EMPTY = new Survey(List.of(), List.of(), Map.of(), Map.of());

  private Sources() {}

  static List<AsyncItem> items(String text) {
    return AsyncItems.of("it", 2021, FILE, RustParser.parse(text).orElseThrow());
  }

  /// The last item of a text, as a machine of so many suspend points that each await an async
  /// function.
  static AsyncItem item(String text, int suspends) {
    List<State> states = new ArrayList<>();
    for (int i = 0; i < suspends; i++) {
      states.add(suspend(i, 1, new Held("__awaitee", "it::g::{async_fn_env#0}", 4, 0)));
    }
    return item(text, machine(8, states));
  }

  static AsyncItem item(String text, MachineCost machine) {
    return items(text).getLast().with(false, List.of(machine));
  }

  static State state(String name, int line, Held... held) {
    long sum = List.of(held).stream().mapToLong(Held::size).sum();
    return new State(name, FILE.toString(), line, sum, List.of(held));
  }

  static State suspend(int number, int line, Held... held) {
    return state("Suspend" + number, line, held);
  }

  /// A machine with the three states that all have, and some more.
  static MachineCost machine(long size, List<State> more) {
    List<State> states = new ArrayList<>();
    if (more.stream().noneMatch(s -> s.name().equals("Unresumed"))) {
      states.add(state("Unresumed", 1));
    }
    states.addAll(more);
    states.add(state("Returned", 1));
    states.add(state("Panicked", 1));
    var machine =
        new Machine(
            "it::f::{async_fn_env#0}",
            CoroutineKind.ASYNC_FN,
            FILE.toString(),
            1,
            OptionalLong.of(size),
            states,
            List.of());
    return new MachineCost(
        "it::f", "it", "", machine, 100, 0, 0, OptionalLong.empty(), List.of(), List.of());
  }
}
