package dev.pollard.inspect;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What one machine costs.
///
/// @param name short, as the source has it; no two machines of a file share one
/// @param crate that it is written in
/// @param symbol the mangled name of its poll function; empty when it has no code in the file
/// @param ownBytes code of the poll function itself, in all its copies
/// @param inlinedBytes code of functions that are inlined into it and are no machines' own
/// @param dropBytes code of its drop glue, with what is inlined there
/// @param stackFrame bytes of the frame of the function that holds most of its code; empty without
///   `.stack_sizes`
/// @param stateBytes for each state of the machine the code on the line of its await; of states on
///   one line the first has it
/// @param inner names of the machines that it holds by value
public record MachineCost(
    String name,
    String crate,
    String symbol,
    Machine machine,
    long ownBytes,
    long inlinedBytes,
    long dropBytes,
    OptionalLong stackFrame,
    List<Long> stateBytes,
    List<String> inner) {
  /// Those with most flash first, then those with the largest futures.
  static final Comparator<MachineCost> LARGEST =
      Comparator.comparingLong(MachineCost::flash)
          .thenComparingLong(m -> m.machine().futureSize().orElse(0))
          .reversed()
          .thenComparing(MachineCost::name);

  public MachineCost {
    stateBytes = List.copyOf(stateBytes);
    inner = List.copyOf(inner);
  }

  /// What makes the future large: the largest thing that is kept alive across an await, and that
  /// await. Empty when nothing is kept, or nothing is known.
  public Optional<Kept> largestHeld() {
    Optional<Kept> largest = Optional.empty();
    for (Machine.State state : machine.states()) {
      for (Machine.Held held : state.isSuspend() ? state.held() : List.<Machine.Held>of()) {
        if (held.size() > largest.map(k -> k.held.size()).orElse(0L)) {
          largest = Optional.of(new Kept(state, held));
        }
      }
    }
    return largest;
  }

  /// Something that a state keeps.
  public record Kept(Machine.State state, Machine.Held held) {}

  /// All code of the poll function: its own and what is inlined.
  public long pollBytes() {
    return ownBytes + inlinedBytes;
  }

  /// Poll function and drop glue.
  public long flash() {
    return pollBytes() + dropBytes;
  }
}
