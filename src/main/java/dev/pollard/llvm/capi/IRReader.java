package dev.pollard.llvm.capi;

import java.lang.foreign.MemorySegment;

/// `llvm-c/IRReader.h`: reads bitcode as well as text.
public interface IRReader {
  /// Calls into the loaded library.
  IRReader IR_READER = Binder.bind(IRReader.class);

  // LLVMBool LLVMParseIRInContext(LLVMContextRef ContextRef, LLVMMemoryBufferRef MemBuf,
  // LLVMModuleRef *OutM, char **OutMessage) -- consumes MemBuf
  boolean LLVMParseIRInContext(
      long context, long buffer, MemorySegment outModule, MemorySegment outMessage);
}
