package dev.pollard.lint;

import dev.pollard.inspect.GenericMachines;
import dev.pollard.inspect.Machine.Held;
import dev.pollard.inspect.Machine.State;
import dev.pollard.inspect.MachineCost;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What only the whole program shows: [Rule#DEEP_CHAIN] and [Rule#MANY_INSTANCES].
final class ProgramShape implements Check {
  private static final int DEEP = 6;
  private static final int MANY = 3;
  private static final long LEAST = 256;

  @Override
  public List<Finding> of(AsyncItem item, Survey survey) {
    List<Finding> found = new ArrayList<>();
    for (Program program : survey.programs()) {
      instances(item, program).ifPresent(found::add);
      chain(item, program).ifPresent(found::add);
      if (!found.isEmpty()) {
        break; // the same in the other programs
      }
    }
    return found;
  }

  private static Optional<Finding> instances(AsyncItem item, Program program) {
    for (GenericMachines generic : program.inspection().generics()) {
      boolean its = item.machines().stream().anyMatch(m -> generic.instances().contains(m.name()));
      if (its && generic.instances().size() >= MANY && generic.mergeSaves() >= LEAST) {
        return Optional.of(
            item.finding(
                    Rule.MANY_INSTANCES,
                    String.format(
                        Locale.ROOT,
                        "%s is generic and stands in the program %d times, %,d bytes together",
                        item.title(),
                        generic.instances().size(),
                        generic.bytes()),
                    "move what does not hang on the types into an async function that is not generic, or take `&mut dyn`",
                    Saving.ofFlash(generic.mergeSaves()))
                .noted(
                    "instances: "
                        + generic.instances().stream().limit(4).collect(Collectors.joining(", "))
                        + (generic.instances().size() > 4
                            ? " and " + (generic.instances().size() - 4) + " more"
                            : "")));
      }
    }
    return Optional.empty();
  }

  private static Optional<Finding> chain(AsyncItem item, Program program) {
    Map<String, MachineCost> byName =
        program.inspection().machines().stream()
            .collect(Collectors.toMap(MachineCost::name, m -> m, (a, _) -> a));
    for (MachineCost machine : item.machines()) {
      if (!machine.equals(byName.get(machine.name())) || isInner(machine, byName)) {
        continue;
      }
      List<MachineCost> chain = new ArrayList<>();
      Optional<MachineCost> next = Optional.of(machine);
      while (next.isPresent() && !chain.contains(next.get())) {
        chain.add(next.get());
        next = onlyAwaited(next.get()).map(byName::get);
      }
      if (chain.size() >= DEEP) {
        return Optional.of(
            item.finding(
                    Rule.DEEP_CHAIN,
                    "a poll of %s goes through %d machines of which each only waits for the next"
                        .formatted(item.title(), chain.size()),
                    "return the inner futures (pass-through), or take some of the functions into one",
                    Saving.NONE)
                .noted(
                    "the chain: "
                        + chain.stream()
                            .map(MachineCost::name)
                            .collect(Collectors.joining(" -> "))));
      }
    }
    return Optional.empty();
  }

  /// The one machine that it waits for at its one await.
  private static Optional<String> onlyAwaited(MachineCost machine) {
    List<State> suspends = machine.machine().states().stream().filter(State::isSuspend).toList();
    boolean one =
        suspends.size() == 1
            && machine.inner().size() == 1
            && suspends.getFirst().held().stream().anyMatch(Held::isAwaitee);
    return one ? Optional.of(machine.inner().getFirst()) : Optional.empty();
  }

  private static boolean isInner(MachineCost machine, Map<String, MachineCost> byName) {
    return byName.values().stream()
        .anyMatch(m -> onlyAwaited(m).filter(n -> n.equals(machine.name())).isPresent());
  }
}
