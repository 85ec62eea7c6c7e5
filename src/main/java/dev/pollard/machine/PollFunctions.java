package dev.pollard.machine;

import dev.pollard.llvm.BasicBlock;
import dev.pollard.llvm.Function;
import dev.pollard.llvm.Instruction;
import dev.pollard.llvm.Module;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The poll functions of a program, and who called them before anything was inlined.
///
/// @param polls the symbols of functions that hold a resumed-after-completion panic: rustc gives
///   one to each coroutine's poll function (unless `-Zasync-panic` is set), and nothing else calls
///   it
/// @param callers from a symbol to those of its direct callers, for all functions from which a poll
///   function can be reached by direct calls
public record PollFunctions(Set<String> polls, Map<String, Set<String>> callers) {
  /// A program without machines.
  public static final PollFunctions NONE = new PollFunctions(Set.of(), Map.of());

  public PollFunctions {
    polls = new TreeSet<>(polls);
    callers = new TreeMap<>(callers);
  }

  /// Finds them in a module on which no pass has run.
  public static PollFunctions of(Module module) {
    Set<String> polls = new TreeSet<>();
    Map<String, Set<String>> callers = new HashMap<>();
    for (Function function : module.functions()) {
      String name = function.name();
      if (isResumedPanic(name)) {
        continue;
      }
      for (BasicBlock block : function.blocks()) {
        for (Instruction instruction : block.instructions()) {
          instruction
              .calledFunction()
              .map(Function::name)
              .ifPresent(callee -> {
                if (isResumedPanic(callee)) {
                  polls.add(name);
                }
                callers.computeIfAbsent(callee, _ -> new TreeSet<>()).add(name);
              });
        }
      }
    }
    return new PollFunctions(polls, above(polls, callers));
  }

  private static Map<String, Set<String>> above(
      Collection<String> polls, Map<String, Set<String>> callers) {
    Map<String, Set<String>> above = new LinkedHashMap<>();
    var todo = new ArrayDeque<>(polls);
    while (!todo.isEmpty()) {
      String callee = todo.pop();
      Set<String> found = callers.getOrDefault(callee, Set.of());
      if (!above.containsKey(callee)) {
        above.put(callee, found);
        todo.addAll(found);
      }
    }
    return above;
  }

  private static boolean isResumedPanic(String symbol) {
    return ResumedPanic.kind(symbol).isPresent();
  }

  /// The functions of an object that hold a machine's poll function: itself where it is there, else
  /// the callers into which it was inlined.
  ///
  /// @param present the symbols of the object's functions
  public Set<String> holders(String poll, Set<String> present) {
    return Holders.of(poll, present::contains, f -> callers.getOrDefault(f, Set.of()));
  }
}
