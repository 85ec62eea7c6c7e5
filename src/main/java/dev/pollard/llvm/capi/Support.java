package dev.pollard.llvm.capi;

import java.lang.foreign.MemorySegment;

/// `llvm-c/Support.h`.
public interface Support {
  /// Calls into the loaded library.
  Support SUPPORT = Binder.bind(Support.class);

  // void LLVMParseCommandLineOptions(int argc, const char *const *argv, const char *Overview)
  void LLVMParseCommandLineOptions(int count, MemorySegment arguments, MemorySegment overview);
}
