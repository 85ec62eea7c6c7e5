package dev.pollard.pass;

import dev.pollard.llvm.BasicBlock;
import dev.pollard.llvm.Function;
import dev.pollard.llvm.Instruction;
import dev.pollard.llvm.Module;
import dev.pollard.llvm.Opcode;
import dev.pollard.llvm.Use;
import dev.pollard.llvm.Value;
import dev.pollard.name.SymbolPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Puts traps for calls of panicking functions: first those of `core` by name, then every function
/// that was left with nothing but a trap, until there is no more.
final class PanicTraps {
  private static final String TRAP = "llvm.trap";

  private final Module module;
  private final PassContext context;
  private final Map<Function, Boolean> allowed = new HashMap<>();

  PanicTraps(Module module, PassContext context) {
    this.module = module;
    this.context = context;
  }

  /// How many calls became traps.
  long trap() {
    Set<Function> done = new LinkedHashSet<>();
    List<Function> next = new ArrayList<>();
    for (Function function : module.functions()) {
      if (isPanic(function)) {
        next.add(function);
      }
    }
    long count = 0;
    while (!next.isEmpty()) {
      done.addAll(next);
      Set<Function> touched = new LinkedHashSet<>();
      for (Function panic : next) {
        count += trapCallsOf(panic, touched);
      }
      next = touched.stream().filter(f -> !done.contains(f) && onlyTraps(f)).toList();
    }
    return count;
  }

  /// Whether `function` is one of those through which `core` panics.
  static boolean isPanic(Function function) {
    String symbol = function.name();
    if (!symbol.contains("panic") && !symbol.contains("slice_error_fail")) {
      return false;
    }
    return function.attributes().has("noreturn")
        && SymbolPath.of(symbol)
            .filter(p ->
                p.startsWith("core", "panicking")
                    || p.startsWith("core", "str", "slice_error_fail")
                    || p.startsWith("core", "str", "slice_error_fail_rt")
                    || p.startsWith("std", "panicking", "begin_panic"))
            .isPresent();
  }

  private long trapCallsOf(Function panic, Set<Function> touched) {
    Set<Instruction> calls = new LinkedHashSet<>();
    Set<BasicBlock> blocks = new LinkedHashSet<>();
    for (Use use : panic.uses()) {
      if (use.user() instanceof Instruction call
          && (call.opcode() == Opcode.CALL || call.opcode() == Opcode.INVOKE)
          && call.callee().equals(panic)
          && allowed.computeIfAbsent(call.function(), context::mayChange)) {
        calls.add(call);
        blocks.add(call.block());
      }
    }
    for (BasicBlock block : blocks) {
      touched.add(block.function());
      Ending.trap(firstIn(block, calls));
    }
    return blocks.size();
  }

  /// The first of `calls` in `block`: what follows it goes with it.
  private static Instruction firstIn(BasicBlock block, Set<Instruction> calls) {
    for (Instruction i : block.instructions()) {
      if (calls.contains(i)) {
        return i;
      }
    }
    throw new IllegalStateException("a call outside its block");
  }

  /// Whether `function` stops and does nothing before that anybody could see.
  private static boolean onlyTraps(Function function) {
    if (!function.isLocal()) {
      return false;
    }
    for (Instruction i : function.entry().instructions()) {
      boolean silent =
          switch (i.opcode()) {
            case ALLOCA,
                GET_ELEMENT_PTR,
                INSERT_VALUE,
                EXTRACT_VALUE,
                ADD,
                SUB,
                ZEXT,
                SEXT,
                TRUNC,
                ICMP,
                SELECT,
                PTR_TO_INT,
                INT_TO_PTR ->
                true;
            case STORE -> !i.isVolatile() && !i.isAtomic() && isOwn(i.operand(1));
            case CALL ->
                i.calledFunction().filter(f -> f.name().startsWith("llvm.lifetime.")).isPresent();
            default -> false;
          };
      if (!silent) {
        return i.calledFunction().filter(f -> f.name().equals(TRAP)).isPresent();
      }
    }
    return false;
  }

  private static boolean isOwn(Value pointer) {
    Value base = pointer;
    while (base instanceof Instruction step && step.opcode() == Opcode.GET_ELEMENT_PTR) {
      base = step.operand(0);
    }
    return base instanceof Instruction slot && slot.opcode() == Opcode.ALLOCA;
  }
}
