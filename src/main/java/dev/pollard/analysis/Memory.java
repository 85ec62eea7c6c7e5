package dev.pollard.analysis;

import dev.pollard.llvm.ConstantInt;
import dev.pollard.llvm.Instruction;
import dev.pollard.llvm.Opcode;
import dev.pollard.llvm.Value;
import java.util.OptionalLong;

/// Recognises LLVM's memory intrinsics.
public final class Memory {
  /// The intrinsics that Pollard knows by name.
  public enum Intrinsic {
    /// `llvm.memcpy` and `llvm.memcpy.inline`.
    COPY,
    /// `llvm.memmove`.
    MOVE,
    /// `llvm.memset` and `llvm.memset.inline`.
    SET,
    /// `llvm.lifetime.start`.
    START,
    /// `llvm.lifetime.end`.
    END,
    /// Any other call.
    OTHER
  }

  private Memory() {}

  /// Which one `instruction` calls.
  public static Intrinsic intrinsic(Instruction instruction) {
    if (instruction.opcode() != Opcode.CALL) {
      return Intrinsic.OTHER;
    }
    var callee = instruction.calledFunction();
    if (callee.isEmpty() || !callee.get().isIntrinsic()) {
      return Intrinsic.OTHER;
    }
    String name = callee.get().name();
    if (name.startsWith("llvm.memcpy.p") || name.startsWith("llvm.memcpy.inline.p")) {
      return Intrinsic.COPY;
    }
    if (name.startsWith("llvm.memmove.p")) {
      return Intrinsic.MOVE;
    }
    if (name.startsWith("llvm.memset.p") || name.startsWith("llvm.memset.inline.p")) {
      return Intrinsic.SET;
    }
    if (name.startsWith("llvm.lifetime.start.p")) {
      return Intrinsic.START;
    }
    return name.startsWith("llvm.lifetime.end.p") ? Intrinsic.END : Intrinsic.OTHER;
  }

  /// How many bytes a copy, move or set touches; empty when that is not constant.
  public static OptionalLong length(Instruction intrinsic) {
    return constant(intrinsic.argument(2));
  }

  /// Whether a copy, move or set is volatile.
  public static boolean isVolatile(Instruction intrinsic) {
    return constant(intrinsic.argument(3)).orElse(1) != 0;
  }

  /// Whether `instruction` is a plain `memcpy` of a constant length, neither volatile nor one that
  /// must stay inline.
  public static boolean isPlainCopy(Instruction instruction) {
    return intrinsic(instruction) == Intrinsic.COPY
        && !instruction.calledFunction().orElseThrow().name().startsWith("llvm.memcpy.inline")
        && !isVolatile(instruction)
        && length(instruction).isPresent();
  }

  private static OptionalLong constant(Value value) {
    return value instanceof ConstantInt c ? OptionalLong.of(c.unsigned()) : OptionalLong.empty();
  }
}
