package dev.pollard.advise;

import dev.pollard.inspect.Machine;
import dev.pollard.inspect.MachineCost;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/// The awaits of a program, and which of them can really wait.
///
/// An await waits if what it polls can reach, through async functions, a future that is none and
/// can be pending: a leaf. It is the least fixpoint over the machines: a circle without a leaf
/// waits for nothing.
///
/// @param machines with code in the program
/// @param awaits their suspend points
/// @param waiting suspend points that reach a leaf whose type is known to wait
/// @param unsure suspend points that reach only leaves of unknown behaviour
/// @param leaves suspend points that poll a leaf themselves, by what it waits for
/// @param concurrent suspend points at which several futures are awaited at once
/// @param tasks the machines that no other machine holds, those with the largest futures first
public record Awaits(
    int machines,
    int awaits,
    int waiting,
    int unsure,
    Map<Wait, Integer> leaves,
    int concurrent,
    List<Task> tasks) {
  /// Bytes that an interrupted Cortex-M saves: 8 words of its own, 8 of the switch.
  static final long SAVED_REGISTERS = 64;

  private static final Pattern MACHINE =
      Pattern.compile("\\{(async|gen|async_gen)_\\w+_env#\\d+\\}|\\{coroutine_env#");

  private static final Pattern SEVERAL =
      Pattern.compile(
          "::((Try)?(Select|Join|Race|Merge|Zip)(All|Array|Slice|Ok)?\\d*|Futures(Unordered|Ordered))$");

  private static final String POLL_FN = "core::future::poll_fn::PollFn<";

  public Awaits {
    leaves = Map.copyOf(leaves);
    tasks = List.copyOf(tasks);
  }

  /// One machine that nothing else holds: a task, or what an executor runs.
  ///
  /// @param name as the source has it
  /// @param future bytes of its future; empty when not known
  /// @param stack bytes of the frames down its deepest chain of awaits, what is inlined counted
  ///   once; 0 when no frame is known
  public record Task(String name, OptionalLong future, long stack) {}

  /// Suspend points that can wait for nothing.
  public int never() {
    return awaits - waiting - unsure;
  }

  /// Whether two things can be under way at once in this program.
  public boolean overlaps() {
    return tasks.size() > 1 || concurrent > 0;
  }

  /// Bytes of all tasks' futures, each counted once.
  public long futures() {
    return tasks.stream().mapToLong(t -> t.future().orElse(0)).sum();
  }

  /// RAM of all tasks under an executor: their futures, and one stack for all, as deep as the
  /// deepest needs it.
  public long executorMemory() {
    long deepest = tasks.stream().mapToLong(Task::stack).max().orElse(0);
    return futures() + deepest + SAVED_REGISTERS;
  }

  /// RAM of all tasks if each were a thread: what its future keeps lies on its stack then, with its
  /// frames and the registers that a switch saves.
  public long threadMemory() {
    return futures() + tasks.stream().mapToLong(t -> t.stack() + SAVED_REGISTERS).sum();
  }

  /// Those of all machines of a program.
  public static Awaits of(List<MachineCost> all) {
    return new Reader(all).read();
  }

  /// Works them out.
  private static final class Reader {
    private final List<MachineCost> machines;
    private final Map<String, Machine> byPath = new HashMap<>();
    private final Map<String, Set<Wait>> reached = new HashMap<>();

    Reader(List<MachineCost> all) {
      machines = all.stream().filter(m -> m.flash() > 0).toList();
      all.forEach(m -> byPath.put(m.machine().path(), m.machine()));
    }

    Awaits read() {
      boolean grew = true;
      while (grew) {
        grew = false;
        for (Machine m : byPath.values()) {
          var waits = reached.computeIfAbsent(m.path(), _ -> EnumSet.noneOf(Wait.class));
          for (Machine.State s : m.states()) {
            if (s.isSuspend()) {
              grew |= waits.addAll(waits(s));
            }
          }
        }
      }
      int awaits = 0;
      int waiting = 0;
      int unsure = 0;
      int concurrent = 0;
      var leaves = new EnumMap<Wait, Integer>(Wait.class);
      for (MachineCost m : machines) {
        for (Machine.State s : m.machine().states()) {
          if (!s.isSuspend()) {
            continue;
          }
          awaits++;
          var waits = waits(s);
          if (waits.stream().anyMatch(w -> w != Wait.HAND_WRITTEN && w != Wait.NEVER)) {
            waiting++;
          } else if (waits.contains(Wait.HAND_WRITTEN)) {
            unsure++;
          }
          if (isSeveral(s)) {
            concurrent++;
          }
          var type = awaited(s);
          if (!MACHINE.matcher(type).find()) {
            leaves.merge(leaf(type), 1, Integer::sum);
          }
        }
      }
      return new Awaits(machines.size(), awaits, waiting, unsure, leaves, concurrent, tasks());
    }

    private static String awaited(Machine.State state) {
      return state.held().stream()
          .filter(Machine.Held::isAwaitee)
          .map(Machine.Held::type)
          .findFirst()
          .orElse("");
    }

    private static Wait leaf(String type) {
      return type.isEmpty() ? Wait.HAND_WRITTEN : Wait.of(type);
    }

    /// What an await can end up waiting for, as far as is known by now.
    private Set<Wait> waits(Machine.State state) {
      var type = awaited(state);
      var machine = byPath.get(type);
      if (machine != null) {
        return reached.getOrDefault(type, Set.of());
      }
      var waits = EnumSet.noneOf(Wait.class);
      var own = leaf(type);
      boolean wraps = false;
      for (var other : byPath.keySet()) {
        if (type.contains(other)) {
          wraps = true;
          waits.addAll(reached.getOrDefault(other, Set.of()));
        }
      }
      // What only combines machines waits for what they wait for.
      if (!wraps || own != Wait.HAND_WRITTEN) {
        waits.add(own);
      }
      if (type.startsWith(POLL_FN) && isSeveral(state)) {
        for (var held : state.held()) {
          for (var other : byPath.keySet()) {
            if (held.type().contains(other)) {
              waits.addAll(reached.getOrDefault(other, Set.of()));
            }
          }
        }
      }
      return waits;
    }

    /// Whether several futures are polled at an await: by a combinator, or by the closure that a
    /// `select!` writes over a tuple of futures.
    private static boolean isSeveral(Machine.State state) {
      var type = awaited(state);
      int generic = type.indexOf('<');
      var root = generic < 0 ? type : type.substring(0, generic);
      if (SEVERAL.matcher(root).find()) {
        return true;
      }
      return type.startsWith(POLL_FN)
          && state.held().stream()
              .anyMatch(h -> h.type().startsWith("(") && h.type().contains(","));
    }

    private List<Task> tasks() {
      var held = new HashSet<String>();
      machines.forEach(m -> held.addAll(m.inner()));
      var stacks = new Stacks(machines);
      return machines.stream()
          .filter(m -> !held.contains(m.name()))
          .map(m -> new Task(m.name(), m.machine().futureSize(), stacks.below(m)))
          .sorted(Comparator.comparingLong(t -> -t.future().orElse(0)))
          .toList();
    }
  }

  /// Frames down chains of awaits.
  private static final class Stacks {
    private final Map<String, MachineCost> byName = new HashMap<>();
    private final Map<String, Long> known = new HashMap<>();

    Stacks(List<MachineCost> machines) {
      machines.forEach(m -> byName.put(m.name(), m));
    }

    /// The deepest. A machine that is inlined into the one that awaits it has the same frame: it
    /// counts once.
    long below(MachineCost m) {
      Long done = known.get(m.name());
      if (done != null) {
        return done;
      }
      known.put(m.name(), 0L); // a circle ends here
      long frame = m.stackFrame().orElse(0);
      long deepest = 0;
      for (var inner : m.inner()) {
        var next = byName.get(inner);
        if (next != null) {
          long same = next.stackFrame().orElse(0) == frame ? frame : 0;
          deepest = Math.max(deepest, below(next) - same);
        }
      }
      known.put(m.name(), frame + deepest);
      return frame + deepest;
    }
  }
}
