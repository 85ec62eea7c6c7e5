package dev.pollard.pass;

import dev.pollard.llvm.BasicBlock;
import dev.pollard.llvm.Builder;
import dev.pollard.llvm.Function;
import dev.pollard.llvm.Instruction;
import dev.pollard.llvm.Metadata;
import dev.pollard.llvm.Module;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Ends a block at a call that does not return, in another way than by that call.
final class Ending {
  /// Where `llvm.trap` is an instruction; elsewhere it is a call of `abort`.
  private static final Set<String> TRAPS =
      Set.of("aarch64", "arm64", "i586", "i686", "x86_64", "wasm32", "wasm64");

  private static final Set<String> TRAP_FAMILIES = Set.of("arm", "thumb", "riscv32", "riscv64");

  private Ending() {}

  /// Whether a trap is one instruction on the module's target, and no call.
  static boolean trapIsInstruction(Module module) {
    String triple = module.triple();
    String architecture = triple.contains("-") ? triple.substring(0, triple.indexOf('-')) : triple;
    return TRAPS.contains(architecture)
        || TRAP_FAMILIES.stream().anyMatch(architecture::startsWith);
  }

  /// Puts a trap in place of `call` and of all that follows in its block: 2 bytes on Thumb.
  static void trap(Instruction call) {
    Function trap = call.module().intrinsics().declare("llvm.trap");
    replace(
        call,
        builder -> {
          builder.call(trap, List.of());
          builder.unreachable();
        });
  }

  /// Puts what `ending` builds in place of `call`, a call or an invoke, and of all that follows in
  /// its block. The phis of lost successors are told.
  static void replace(Instruction call, Consumer<Builder> ending) {
    BasicBlock block = call.block();
    Optional<Metadata> location = call.debugLocation();
    for (BasicBlock successor : block.successors()) {
      successor.removeIncoming(block);
    }
    List<Instruction> gone = new ArrayList<>();
    for (Optional<Instruction> i = Optional.of(call); i.isPresent(); i = i.get().next()) {
      gone.add(i.get());
    }
    for (Instruction instruction : gone.reversed()) {
      if (instruction.hasUses()) {
        instruction.replaceAllUsesWith(instruction.type().poison());
      }
      instruction.erase();
    }
    try (Builder builder = new Builder(call.module())) {
      builder.atEnd(block);
      location.ifPresent(builder::at);
      ending.accept(builder);
    }
  }
}
