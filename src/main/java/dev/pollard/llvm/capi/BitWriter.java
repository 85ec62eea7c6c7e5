package dev.pollard.llvm.capi;

import java.lang.foreign.MemorySegment;

/// `llvm-c/BitWriter.h`.
public interface BitWriter {
  /// Calls into the loaded library.
  BitWriter BIT_WRITER = Binder.bind(BitWriter.class);

  // int LLVMWriteBitcodeToFile(LLVMModuleRef M, const char *Path)
  int LLVMWriteBitcodeToFile(long module, MemorySegment path);

  // LLVMMemoryBufferRef LLVMWriteBitcodeToMemoryBuffer(LLVMModuleRef M)
  long LLVMWriteBitcodeToMemoryBuffer(long module);
}
