package dev.pollard.pass;

import dev.pollard.llvm.Function;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Lets the linker make RISC-V calls shorter.
///
/// A call takes two instructions, `auipc` and `jalr`, since nobody knows before the link how far it
/// goes. With the feature `relax` each is marked, and the linker makes a `jal` of those that go
/// less than a mebibyte, half as long, or a `c.jal` of two bytes. rustc does not ask for it.
///
/// ```
/// attributes #0 = { "target-features"="+m,+a,+c" }
/// attributes #0 = { "target-features"="+m,+a,+c,+relax" }
/// ```
///
/// Sound because both forms of a call do the same but for a register that no caller may read after
/// it, and the linker moves whatever else knows a distance. It is left alone where that may not be
/// so: a linker that relaxes more than calls, and functions whose inline assembly has a call, which
/// may count on its length.
final class LinkerRelaxation implements FunctionPass {
  private static final String ATTRIBUTE = "target-features";
  private static final Pattern DECIDED = Pattern.compile("(^|,)[+-]relax(,|$)");

  /// The pseudo-instructions that relaxation shortens, and the pair behind them.
  private static final Pattern CALL = Pattern.compile("(?i)\\b(call|tail|jump|auipc)\\b");

  @Override
  public PassInfo info() {
    return new PassInfo(
        "linker-relaxation",
        "the linker makes RISC-V calls shorter",
        PassInfo.Level.FIRMWARE,
        Set.of());
  }

  @Override
  public long run(Function function, PassContext context) {
    Optional<String> features = function.attributes().string(ATTRIBUTE);
    if (!context.options().firmware()
        || !context.options().shortensCalls()
        || !function.module().triple().startsWith("riscv")
        || features.filter(f -> !f.isEmpty() && !DECIDED.matcher(f).find()).isEmpty()
        || hasCallInAssembly(function)
        || !context.mayChange(function)) {
      return 0;
    }
    function.attributes().set(ATTRIBUTE, features.get() + ",+relax");
    return 1;
  }

  private static boolean hasCallInAssembly(Function function) {
    for (var block : function.blocks()) {
      for (var instruction : block.instructions()) {
        if (instruction.assembly().filter(a -> CALL.matcher(a).find()).isPresent()) {
          return true;
        }
      }
    }
    return false;
  }
}
