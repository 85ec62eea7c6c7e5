package dev.pollard.llvm;

import static dev.pollard.llvm.capi.TargetMachine.TARGET_MACHINE;

import dev.pollard.capture.TargetSpec;
import dev.pollard.llvm.capi.CString;
import dev.pollard.llvm.capi.CodeGen;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/// Owns a target machine with the settings that [LibLlvm#start] parsed.
public final class TargetMachine implements AutoCloseable {
  private final long ref;
  private boolean open = true;

  private TargetMachine(long ref) {
    this.ref = ref;
  }

  /// A machine for `target`. The process must have been started with [CodeGenOptions] for the same
  /// target.
  ///
  /// @throws LlvmException when the library has no such back end, or does not export the entry
  ///   points that carry rustc's settings
  public static TargetMachine create(TargetSpec target, CodeGenLevel level) {
    return create(target.triple(), level);
  }

  /// A machine for a triple.
  ///
  /// @throws LlvmException as above
  @SuppressWarnings("EnumOrdinal") // the order is that of the C enumeration
  public static TargetMachine create(String triple, CodeGenLevel level) {
    if (!CodeGen.available()) {
      throw new LlvmException(
          "this libLLVM does not export llvm::codegen::createTargetMachineForTriple");
    }
    return new TargetMachine(
        CodeGen.createTargetMachine(normalized(triple), level.ordinal())
            .orElseThrow(() -> new LlvmException("this libLLVM has no back end for " + triple)));
  }

  /// rustc normalises too: `thumbv7m-none-eabi` as it stands has no environment.
  private static String normalized(String triple) {
    try (Arena arena = Arena.ofConfined()) {
      return CString.take(TARGET_MACHINE.LLVMNormalizeTargetTriple(arena.allocateFrom(triple)));
    }
  }

  /// Emits an object file. The module is spent afterwards: code generation changes it.
  ///
  /// @throws LlvmException when LLVM cannot emit it
  public void emitObject(Module module, Path object) {
    emit(module, object, dev.pollard.llvm.capi.TargetMachine.LLVMObjectFile);
  }

  /// Emits assembly text. The module is spent afterwards.
  ///
  /// @throws LlvmException when LLVM cannot emit it
  public void emitAssembly(Module module, Path assembly) {
    emit(module, assembly, dev.pollard.llvm.capi.TargetMachine.LLVMAssemblyFile);
  }

  private void emit(Module module, Path file, int type) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment message = arena.allocate(ValueLayout.JAVA_LONG);
      if (TARGET_MACHINE.LLVMTargetMachineEmitToFile(
          ref(), module.ref(), arena.allocateFrom(file.toString()), type, message)) {
        throw new LlvmException(
            "cannot emit " + file + ": " + CString.take(message.get(ValueLayout.JAVA_LONG, 0)));
      }
    }
    module.context().throwErrors("cannot emit " + file);
  }

  long ref() {
    if (!open) {
      throw new IllegalStateException("the target machine is closed");
    }
    return ref;
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      TARGET_MACHINE.LLVMDisposeTargetMachine(ref);
    }
  }
}
