package dev.pollard.pass.moves;

import dev.pollard.analysis.AttributeBits;
import dev.pollard.analysis.Cfg;
import dev.pollard.llvm.Function;
import dev.pollard.llvm.Module;
import dev.pollard.pass.ModulePass;
import dev.pollard.pass.PassContext;
import dev.pollard.pass.PassInfo;
import java.util.List;
import java.util.Set;

/// Removes needless moves of large values. rustc builds a future in one stack slot, copies it whole
/// to a second, and that into its place; LLVM keeps all of it.
///
///     %f = alloca [2864 x i8]
///     store ptr %captured, ptr %f                ; 4 of 2864 bytes
///     memcpy(ptr %task, ptr %f, 2864)    -->     memcpy(ptr %task, ptr %f, 4)
///
/// A slot that is only copied to one place becomes that place. Bytes that were never written are
/// not copied, runs of one constant are set where they go.
public final class FutureMoves implements ModulePass {
  @Override
  public PassInfo info() {
    return new PassInfo(
        "future-moves",
        "large values are built where they will live, and only written bytes are copied",
        PassInfo.Level.DEFAULT,
        Set.of());
  }

  @Override
  public long run(Module module, PassContext context) {
    AttributeBits bits = AttributeBits.of(module.context());
    long count = 0;
    for (Function function : module.functions()) {
      if (!function.isDeclaration() && !context.isExempt(function)) {
        count += run(function, bits, context);
      }
    }
    return count;
  }

  private static long run(Function function, AttributeBits bits, PassContext context) {
    List<Slot> slots = Slot.of(function, bits);
    if (slots.isEmpty()) {
      return 0;
    }
    Cfg cfg = new Cfg(function);
    long count = 0;
    // What is left of a copy may shrink once more when its pieces are looked at one by one.
    long round;
    do {
      round =
          ShrinkCopies.run(
              cfg,
              slots,
              context.mayGainCalls(function),
              length -> context.mayChange(function, "a copy of " + length + " bytes"));
      count += round;
      slots = round > 0 ? Slot.of(function, bits) : slots;
    } while (round > 0);
    // Only now: a place that is set to zeros at one go is better than one that a loop fills.
    while (InPlace.run(
        cfg, slots, length -> context.mayChange(function, "a slot of " + length + " bytes"))) {
      count++;
      slots = Slot.of(function, bits);
    }
    return count;
  }
}
