package dev.pollard.pass;

import dev.pollard.llvm.BasicBlock;
import dev.pollard.llvm.Function;
import dev.pollard.llvm.Instruction;
import dev.pollard.llvm.Opcode;
import dev.pollard.llvm.Type;
import dev.pollard.machine.ResumedPanic;
import dev.pollard.pass.locations.PanicLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A call of a [ResumedPanic].
///
/// They are `inline(never)` and so stay calls until code generation; they are known by symbol.
///
/// @param call a call or an invoke
/// @param callee the function of `core`
/// @param kind its name without `panic_const_`, such as `async_fn_resumed`
record ResumedPanicCall(Instruction call, Function callee, String kind) {
  /// The suffix of a shared helper's symbol.
  static final String SHARED = ".shared";

  /// The calls in `function`, in order.
  static List<ResumedPanicCall> in(Function function) {
    List<ResumedPanicCall> calls = new ArrayList<>();
    for (BasicBlock block : function.blocks()) {
      for (Instruction instruction : block.instructions()) {
        instruction
            .calledFunction()
            .flatMap(f -> kind(f).map(k -> new ResumedPanicCall(instruction, f, k)))
            .ifPresent(calls::add);
      }
    }
    return calls;
  }

  /// What `function` panics about; empty when it is none of them, or a helper for them.
  static Optional<String> kind(Function function) {
    String symbol = function.name();
    return symbol.contains(SHARED) ? Optional.empty() : ResumedPanic.kind(symbol);
  }

  /// The location that the call passes; empty when it passes none that is surely one.
  Optional<PanicLocation> location() {
    return call.argumentCount() == 1 ? PanicLocation.of(call.argument(0)) : Optional.empty();
  }

  /// Whether the call can be put by one without arguments: not with operand bundles (Windows'
  /// funclets), and only as rustc makes it.
  boolean isPlain() {
    int others = call.opcode() == Opcode.INVOKE ? 3 : 1;
    return (call.opcode() == Opcode.CALL || call.opcode() == Opcode.INVOKE)
        && !call.isMustTail()
        && call.operandCount() == call.argumentCount() + others
        && call.callType().equals(callee.valueType())
        && call.type().kind() == Type.Kind.VOID;
  }
}
