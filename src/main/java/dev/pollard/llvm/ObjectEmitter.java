package dev.pollard.llvm;

import dev.pollard.capture.TargetSpec;
import java.nio.file.Path;

/// Emits objects with rustc's settings: with no pass at all, the object is as large as rustc's.
public final class ObjectEmitter {
  private ObjectEmitter() {}

  /// Emits `module`, which is spent afterwards: emit a [Module#copy()] to go on working.
  ///
  /// @param target as this process was started with, see [CodeGenOptions]
  /// @throws LlvmException when LLVM cannot emit it; then stock stays
  public static void emit(
      Module module, TargetSpec target, CodeGeneration generation, Path object) {
    if (generation.compact() && LibLlvm.canChangeOptions()) {
      LibLlvm.with(
          CodeGenOptions.compact(target.triple()),
          () -> emit(module, target, generation.level(), object));
    } else {
      emit(module, target, generation.level(), object);
    }
  }

  private static void emit(Module module, TargetSpec target, CodeGenLevel level, Path object) {
    try (TargetMachine machine = TargetMachine.create(target, level)) {
      machine.emitObject(module, object);
    }
  }
}
