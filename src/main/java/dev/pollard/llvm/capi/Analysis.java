package dev.pollard.llvm.capi;

import java.lang.foreign.MemorySegment;

/// `llvm-c/Analysis.h`.
public interface Analysis {
  /// Calls into the loaded library.
  Analysis ANALYSIS = Binder.bind(Analysis.class);

  /// `LLVMReturnStatusAction`: neither print nor abort.
  int LLVMReturnStatusAction = 2;

  // LLVMBool LLVMVerifyModule(LLVMModuleRef M, LLVMVerifierFailureAction Action, char **OutMessage)
  boolean LLVMVerifyModule(long module, int action, MemorySegment outMessage);

  // LLVMBool LLVMVerifyFunction(LLVMValueRef Fn, LLVMVerifierFailureAction Action)
  boolean LLVMVerifyFunction(long function, int action);
}
