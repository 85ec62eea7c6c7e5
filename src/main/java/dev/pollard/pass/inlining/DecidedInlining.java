package dev.pollard.pass.inlining;

import dev.pollard.llvm.Attributes;
import dev.pollard.llvm.Function;
import dev.pollard.llvm.Instruction;
import dev.pollard.llvm.Module;
import dev.pollard.pass.ModulePass;
import dev.pollard.pass.PassContext;
import dev.pollard.pass.PassInfo;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Tells LLVM's inliner what was decided about single calls, by an attribute on the call. Runs
/// before everything else, on the names and calls that the program has then; a decision that fits
/// none of them is passed over. Its count is how many fit.
///
/// Sound: whether a call is inlined is no part of what a program means. LLVM itself refuses where
/// it cannot inline (`isInlineViable`), whatever the attribute says.
///
/// ```
/// call void @f()   ->   call void @f() alwaysinline     or    call void @f() noinline
/// ```
public final class DecidedInlining implements ModulePass {
  /// The pass's name.
  public static final String NAME = "inline-decisions";

  @Override
  public PassInfo info() {
    return new PassInfo(
        NAME, "inline the calls that `pollard tune` chose", PassInfo.Level.SIZE, Set.of());
  }

  /// A call, by names.
  private record Place(String callee, String caller, int site) {}

  @Override
  public long run(Module module, PassContext context) {
    Map<Place, InlineDecision.Kind> decided = new HashMap<>();
    for (InlineDecision d : context.options().inlining().all()) {
      decided.put(new Place(d.callee(), d.caller(), d.site()), d.kind());
    }
    if (decided.isEmpty()) {
      return 0;
    }
    FunctionKeys keys = FunctionKeys.of(module);
    long[] fit = {0};
    for (Function caller : module.functions()) {
      keys.of(caller.name())
          .ifPresent(name ->
              CallSites.each(
                  caller,
                  (call, ordinal) -> {
                    Function callee = call.calledFunction().orElseThrow();
                    Optional.ofNullable(
                            decided.get(
                                new Place(keys.of(callee.name()).orElse(""), name, ordinal)))
                        .filter(_ -> CallSites.mayDecide(caller, callee, call))
                        .ifPresent(kind -> fit[0] += apply(call, kind, caller, callee, context));
                  }));
    }
    return fit[0];
  }

  private static long apply(
      Instruction call,
      InlineDecision.Kind kind,
      Function caller,
      Function callee,
      PassContext context) {
    if (context.isExempt(callee) || !context.mayChange(caller, callee.name())) {
      return 0;
    }
    call.attributes(Attributes.FUNCTION)
        .add(
            switch (kind) {
              case INLINE -> "alwaysinline";
              case APART -> "noinline";
            });
    return 1;
  }
}
