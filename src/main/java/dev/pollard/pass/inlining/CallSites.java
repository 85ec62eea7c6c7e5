package dev.pollard.pass.inlining;

import dev.pollard.llvm.Attributes;
import dev.pollard.llvm.BasicBlock;
import dev.pollard.llvm.Function;
import dev.pollard.llvm.Instruction;
import dev.pollard.llvm.Module;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// The direct calls of a program between functions that it defines, before any pass has run.
///
/// @param functions every function that is defined
/// @param sites every direct call between two of them
public record CallSites(List<Node> functions, List<Site> sites) {
  /// A program without calls.
  public static final CallSites NONE = new CallSites(List.of(), List.of());

  public CallSites {
    functions = List.copyOf(functions);
    sites = List.copyOf(sites);
  }

  /// A function.
  ///
  /// @param symbol its name in the module
  /// @param key its name in decisions, by [FunctionKeys]
  /// @param instructions how many it has
  public record Node(String symbol, String key, int instructions) {}

  /// A call.
  ///
  /// @param caller index of the function that holds it
  /// @param callee index of the function that is called
  /// @param ordinal which of the caller's calls of that callee, from 0
  /// @param decidable whether something may be decided about it
  public record Site(int caller, int callee, int ordinal, boolean decidable) {}

  /// Reads a module on which no pass has run.
  public static CallSites of(Module module) {
    FunctionKeys keys = FunctionKeys.of(module);
    List<Node> functions = new ArrayList<>();
    Map<String, Integer> indices = new HashMap<>();
    for (Function function : module.functions()) {
      String symbol = function.name();
      keys.of(symbol)
          .ifPresent(key -> {
            indices.put(symbol, functions.size());
            functions.add(new Node(symbol, key, function.instructionCount()));
          });
    }
    List<Site> sites = new ArrayList<>();
    for (Function caller : module.functions()) {
      Optional<Integer> from = Optional.ofNullable(indices.get(caller.name()));
      if (from.isPresent()) {
        each(
            caller,
            (call, ordinal) -> {
              Function callee = call.calledFunction().orElseThrow();
              Optional.ofNullable(indices.get(callee.name()))
                  .ifPresent(to ->
                      sites.add(
                          new Site(from.get(), to, ordinal, mayDecide(caller, callee, call))));
            });
      }
    }
    return new CallSites(functions, sites);
  }

  /// Every direct call of a defined function in `caller`, in the order of the code, with which of
  /// the caller's calls of that callee it is.
  static void each(Function caller, BiConsumer<Instruction, Integer> visitor) {
    Map<Long, Integer> counts = new HashMap<>();
    for (BasicBlock block : caller.blocks()) {
      for (Instruction instruction : block.instructions()) {
        instruction
            .calledFunction()
            .filter(callee -> !callee.isDeclaration())
            .ifPresent(callee ->
                visitor.accept(instruction, counts.merge(callee.ref(), 1, Integer::sum) - 1));
      }
    }
  }

  /// Whether a call may be decided about: not where somebody has decided already (`noinline`,
  /// `alwaysinline`), and not where code has a place of its own: what runs from RAM must gain no
  /// call into flash, and what was put there must not be spread.
  static boolean mayDecide(Function caller, Function callee, Instruction call) {
    return caller.ref() != callee.ref()
        && caller.section().isEmpty()
        && callee.section().isEmpty()
        && !call.isMustTail()
        && isFree(callee.attributes())
        && isFree(call.attributes(Attributes.FUNCTION))
        && !caller.attributes().has("optnone")
        && !caller.attributes().has("naked");
  }

  private static boolean isFree(Attributes attributes) {
    return !attributes.has("noinline")
        && !attributes.has("alwaysinline")
        && !attributes.has("optnone")
        && !attributes.has("naked")
        && !attributes.has("returns_twice");
  }
}
