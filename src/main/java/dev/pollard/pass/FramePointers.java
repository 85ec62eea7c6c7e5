package dev.pollard.pass;

import dev.pollard.capture.TargetSpec;
import dev.pollard.llvm.Function;
import dev.pollard.llvm.Value;
import java.util.Optional;
import java.util.Set;

/// Takes frame pointers away that a bare-metal target asks for by default.
///
/// rustc marks every function of a thumb or RISC-V bare-metal target with `"frame-pointer"="all"`
/// or `"non-leaf"`, although unwinding and probe backtraces there go by `.debug_frame`. Each such
/// function saves, sets and restores one more register, and has one less for its work.
///
/// ```
/// attributes #0 = { "frame-pointer"="all" "target-cpu"="generic" }
/// attributes #0 = { "target-cpu"="generic" }
/// ```
///
/// Sound because the register holds nothing that code may rely on, unless somebody walks frames:
/// the user who forced frame pointers, or a program that asks for `llvm.frameaddress`. Then it does
/// nothing.
public final class FramePointers implements FunctionPass {
  private static final String ATTRIBUTE = "frame-pointer";
  private static final Set<String> WANTED = Set.of("all", "non-leaf");
  private static final String FRAME_ADDRESS = "llvm.frameaddress.p0";

  @Override
  public PassInfo info() {
    return new PassInfo(
        "frame-pointers",
        "no frame pointers where only the target's default asks for them",
        PassInfo.Level.FIRMWARE,
        Set.of());
  }

  @Override
  public long run(Function function, PassContext context) {
    PassOptions options = context.options();
    Optional<String> wish = function.attributes().string(ATTRIBUTE);
    if (options.framePointers() != TargetSpec.FramePointers.TARGET_DEFAULT
        || !options.firmware()
        || wish.filter(WANTED::contains).isEmpty()
        || function.module().function(FRAME_ADDRESS).filter(Value::hasUses).isPresent()
        || !context.mayChange(function)) {
      return 0;
    }
    function.attributes().unset(ATTRIBUTE);
    return 1;
  }
}
