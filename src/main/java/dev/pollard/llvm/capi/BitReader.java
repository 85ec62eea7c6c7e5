package dev.pollard.llvm.capi;

import java.lang.foreign.MemorySegment;

/// `llvm-c/BitReader.h`: reads bitcode.
public interface BitReader {
  /// Calls into the loaded library.
  BitReader BIT_READER = Binder.bind(BitReader.class);

  // LLVMBool LLVMGetBitcodeModuleInContext2(LLVMContextRef ContextRef, LLVMMemoryBufferRef MemBuf,
  // LLVMModuleRef *OutM) -- reads functions when they are needed; consumes MemBuf unless it fails
  boolean LLVMGetBitcodeModuleInContext2(long context, long buffer, MemorySegment outModule);
}
