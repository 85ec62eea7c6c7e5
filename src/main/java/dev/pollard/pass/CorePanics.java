package dev.pollard.pass;

import dev.pollard.llvm.Module;
import dev.pollard.llvm.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes all panics of a program small, by [PassOptions#panics()]: without a location, or a trap.
/// Only where the user asks for it: it changes what a program says when it panics.
///
/// ```
/// call void @panic_bounds_check(i32 %i, i32 %n, ptr @location.17)
/// unreachable
/// ->
/// call void @panic_bounds_check(i32 %i, i32 %n, ptr @pollard.panic.location)   ; no-location
/// call void @llvm.trap()                                                       ; trap
/// ```
///
/// Sound because a panic still ends the program at the same place; under `trap` nothing may unwind.
public final class CorePanics implements ModulePass {
  private static final String NAME = "panics";

  /// Who throws, on each platform; without one of them nothing unwinds.
  private static final List<String> THROWERS =
      List.of(
          "_Unwind_RaiseException",
          "_Unwind_ForcedUnwind",
          "_CxxThrowException",
          "__cxa_throw",
          "llvm.wasm.throw");

  @Override
  public PassInfo info() {
    return new PassInfo(
        NAME,
        "all panics without file and line, or as traps",
        PassInfo.Level.OPT_IN,
        Set.of(PassInfo.Effect.LEAVES_DEAD_GLOBALS, PassInfo.Effect.CHANGES_LOCATIONS));
  }

  @Override
  public long run(Module module, PassContext context) {
    return switch (context.options().panics()) {
      case KEEP -> 0;
      case NO_LOCATION -> new PanicLocations(module, context).generalize();
      case TRAP -> trap(module, context);
    };
  }

  private static long trap(Module module, PassContext context) {
    Optional<String> thrower = THROWERS.stream().filter(n -> isUsed(module, n)).findFirst();
    if (thrower.isPresent()) {
      throw new PassException(
          NAME,
          "the program unwinds ("
              + thrower.get()
              + "): a trap would skip the cleanup; panic = \"abort\" allows it");
    }
    if (!Ending.trapIsInstruction(module)) {
      throw new PassException(NAME, "a trap on " + module.triple() + " would be a call of abort");
    }
    return new PanicTraps(module, context).trap();
  }

  private static boolean isUsed(Module module, String name) {
    return module.function(name).filter(Value::hasUses).isPresent();
  }
}
