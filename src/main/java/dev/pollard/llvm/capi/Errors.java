package dev.pollard.llvm.capi;

import java.lang.foreign.MemorySegment;

/// `llvm-c/Error.h` and `llvm-c/ErrorHandling.h`.
public interface Errors {
  /// Calls into the loaded library.
  Errors ERRORS = Binder.bind(Errors.class);

  // char *LLVMGetErrorMessage(LLVMErrorRef Err) -- consumes Err
  long LLVMGetErrorMessage(long error);

  // void LLVMDisposeErrorMessage(char *ErrMsg)
  void LLVMDisposeErrorMessage(long message);

  // void LLVMInstallFatalErrorHandler(void (*Handler)(const char *Reason))
  void LLVMInstallFatalErrorHandler(MemorySegment handler);
}
