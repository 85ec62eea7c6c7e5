package dev.pollard.pass;

import dev.pollard.llvm.BasicBlock;
import dev.pollard.llvm.Function;
import dev.pollard.llvm.GlobalVariable;
import dev.pollard.llvm.Instruction;
import dev.pollard.llvm.Module;
import dev.pollard.pass.locations.PanicLocation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes the panics for a coroutine that is resumed after its end small, by
/// [PassOptions#resumedPanics()].
///
/// ```
/// call void @panic_const_async_fn_resumed(ptr @location.31)   ; each machine its own location
/// unreachable
/// ->
/// call void @panic_const_async_fn_resumed.shared()            ; shared
/// call void @llvm.trap()                                      ; trap
/// ret i1 true                                                 ; pending, where that is Pending
/// ```
///
/// Sound because such a call still ends in the same panic (or stop), and never becomes undefined
/// behaviour. The idea is rustc's own `-Zasync-panic` (compiler-team MCP 1016).
public final class ResumedAfterCompletion implements ModulePass {
  @Override
  public PassInfo info() {
    return new PassInfo(
        "resumed-panics",
        "resumed-after-completion panics: one per kind, a trap, or Poll::Pending",
        PassInfo.Level.DEFAULT,
        Set.of(PassInfo.Effect.LEAVES_DEAD_GLOBALS, PassInfo.Effect.CHANGES_LOCATIONS));
  }

  @Override
  public long run(Module module, PassContext context) {
    return switch (context.options().resumedPanics()) {
      case SHARED -> share(module, context);
      case TRAP -> Ending.trapIsInstruction(module) ? trap(module, context) : 0;
      case PENDING -> pend(module, context);
      case KEEP -> 0;
    };
  }

  private static long share(Module module, PassContext context) {
    List<List<ResumedPanicCall>> calls = new ArrayList<>();
    Set<GlobalVariable> locations = new HashSet<>();
    Optional<PanicLocation> example = Optional.empty();
    for (Function function : module.functions()) {
      List<ResumedPanicCall> found =
          context.isExempt(function)
              ? List.of()
              : ResumedPanicCall.in(function).stream()
                  .filter(c -> c.isPlain() && c.location().isPresent() && !isHelper(function))
                  .toList();
      for (ResumedPanicCall call : found) {
        example = call.location();
        locations.add(example.orElseThrow().global());
      }
      if (!found.isEmpty()) {
        calls.add(found);
      }
    }
    if (example.isEmpty() || (locations.size() < 2 && !SharedPanics.isUsedIn(module))) {
      return 0;
    }
    long count = 0;
    Optional<SharedPanics> shared = Optional.empty();
    for (List<ResumedPanicCall> found : calls) {
      if (context.mayChange(found.getFirst().call().function())) {
        if (shared.isEmpty()) {
          shared = Optional.of(new SharedPanics(module, example.get()));
        }
        found.forEach(shared.get()::redirect);
        count += found.size();
      }
    }
    shared.ifPresent(SharedPanics::finish);
    return count;
  }

  private static boolean isHelper(Function function) {
    return function.name().contains(ResumedPanicCall.SHARED);
  }

  private static long trap(Module module, PassContext context) {
    long count = 0;
    for (Function function : module.functions()) {
      List<Instruction> calls = firstOfEachBlock(ResumedPanicCall.in(function));
      if (!calls.isEmpty() && context.mayChange(function)) {
        calls.forEach(Ending::trap);
        count += calls.size();
      }
    }
    return count;
  }

  private static long pend(Module module, PassContext context) {
    long count = 0;
    for (Function function : module.functions()) {
      Map<Instruction, PendingReturn> returns = new LinkedHashMap<>();
      List<ResumedPanicCall> futures =
          ResumedPanicCall.in(function).stream()
              .filter(c -> c.kind().startsWith("async_fn_"))
              .toList();
      for (Instruction call : firstOfEachBlock(futures)) {
        PendingReturn.instead(call).ifPresent(r -> returns.put(call, r));
      }
      if (!returns.isEmpty() && context.mayChange(function)) {
        returns.forEach((call, pending) -> pending.replace(call));
        count += returns.size();
      }
    }
    return count;
  }

  /// What follows a call in its block goes with it.
  private static List<Instruction> firstOfEachBlock(List<ResumedPanicCall> calls) {
    Map<BasicBlock, Instruction> first = new LinkedHashMap<>();
    calls.forEach(c -> first.putIfAbsent(c.call().block(), c.call()));
    return List.copyOf(first.values());
  }
}
