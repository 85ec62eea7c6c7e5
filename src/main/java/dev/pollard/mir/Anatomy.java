package dev.pollard.mir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A function's MIR counted by purpose, and a machine's states.
///
/// @param function its MIR
/// @param lines lines by purpose
/// @param blocks blocks by what most of their lines are for
/// @param states of a machine, by number; empty for other functions
public record Anatomy(
    MirFunction function,
    Map<Purpose, Integer> lines,
    Map<Purpose, Integer> blocks,
    List<State> states) {
  /// A state of a machine.
  ///
  /// @param number its discriminant
  /// @param name `Unresumed`, `Returned`, `Panicked` or `Suspend0` and so on, as rustc has them
  /// @param awaits the type of the future that it waits for; empty where it waits for none
  /// @param next the states that it may be in after it was polled
  public record State(int number, String name, Optional<String> awaits, List<Integer> next) {
    public State {
      next = List.copyOf(next);
    }
  }

  private static final Pattern STORE = Pattern.compile("discriminant\\(\\(?\\*?.*\\) = (\\d+);");
  private static final Pattern SWITCH = Pattern.compile("switchInt\\(.*\\) -> \\[(.*)]");
  private static final Pattern ARM = Pattern.compile("(\\d+): (bb\\d+)");
  private static final Pattern POLL = Pattern.compile("<(.+) as Future>::poll\\(");
  private static final Pattern STATE_READ = Pattern.compile("(_\\d+) = discriminant\\(.*\\);");

  /// Takes a function apart.
  public static Anatomy of(MirFunction function) {
    Map<Integer, String> entries = entries(function);
    boolean machine = !entries.isEmpty();
    Map<Purpose, Integer> lines = new EnumMap<>(Purpose.class);
    Map<Purpose, Integer> blocks = new EnumMap<>(Purpose.class);
    lines.put(Purpose.DECLARATIONS, function.declarations());
    boolean first = true;
    for (MirBlock block : function.blocks()) {
      Map<Purpose, Integer> here = new EnumMap<>(Purpose.class);
      for (String statement : block.statements()) {
        Purpose purpose =
            block.cleanup()
                ? Purpose.DROP
                : machine && first
                    ? Purpose.DISPATCH
                    : statement.equals("unreachable;") && machine
                        ? Purpose.DISPATCH
                        : Purpose.of(statement, machine);
        here.merge(purpose, 1, Integer::sum);
        lines.merge(purpose, 1, Integer::sum);
      }
      first = false;
      here.entrySet().stream()
          .max(Map.Entry.comparingByValue())
          .ifPresent(e -> blocks.merge(e.getKey(), 1, Integer::sum));
    }
    return new Anatomy(function, lines, blocks, states(function, entries));
  }

  /// The blocks at which a poll function goes on, by state; empty for what is no poll function.
  private static Map<Integer, String> entries(MirFunction function) {
    Map<Integer, String> entries = new TreeMap<>();
    if (function.blocks().isEmpty() || !function.name().contains("{closure#")) {
      return entries;
    }
    List<String> first = function.blocks().getFirst().statements();
    boolean reads = first.stream().anyMatch(s -> STATE_READ.matcher(s).matches());
    Matcher arms = SWITCH.matcher(first.isEmpty() ? "" : first.getLast());
    if (reads && arms.find()) {
      Matcher arm = ARM.matcher(arms.group(1));
      while (arm.find()) {
        entries.put(Integer.parseInt(arm.group(1)), arm.group(2));
      }
    }
    return entries;
  }

  private static List<State> states(MirFunction function, Map<Integer, String> entries) {
    Map<String, MirBlock> blocks = new HashMap<>();
    function.blocks().forEach(b -> blocks.put(b.label(), b));
    List<State> states = new ArrayList<>();
    entries.forEach((number, entry) -> {
      Set<Integer> next = new LinkedHashSet<>();
      Optional<String> awaits = Optional.empty();
      Map<String, MirBlock> seen = new LinkedHashMap<>();
      var todo = new ArrayDeque<>(List.of(entry));
      while (!todo.isEmpty()) {
        MirBlock block = blocks.get(todo.poll());
        if (block == null || seen.putIfAbsent(block.label(), block) != null) {
          continue;
        }
        boolean stored = false;
        for (String statement : block.statements()) {
          Matcher store = STORE.matcher(statement);
          if (store.matches()) {
            next.add(Integer.parseInt(store.group(1)));
            stored = true;
          }
          Matcher poll = POLL.matcher(statement);
          if (poll.find() && awaits.isEmpty()) {
            awaits = Optional.of(poll.group(1));
          }
        }
        if (!stored) {
          todo.addAll(block.successors());
        }
      }
      states.add(
          new State(
              number,
              name(number),
              number < 3 ? Optional.empty() : awaits,
              next.stream().sorted().toList()));
    });
    return states;
  }

  /// rustc's own names: the first three states are those of every machine.
  static String name(int number) {
    return switch (number) {
      case 0 -> "Unresumed";
      case 1 -> "Returned";
      case 2 -> "Panicked";
      default -> "Suspend" + (number - 3);
    };
  }

  /// How many lines are for a purpose.
  public int lines(Purpose purpose) {
    return lines.getOrDefault(purpose, 0);
  }

  /// How many blocks are mostly for a purpose.
  public int blocks(Purpose purpose) {
    return blocks.getOrDefault(purpose, 0);
  }
}
