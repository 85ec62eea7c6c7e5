package dev.pollard.llvm.capi;

import java.lang.foreign.MemorySegment;

/// `llvm-c/Transforms/PassBuilder.h`.
public interface PassBuilder {
  /// Calls into the loaded library.
  PassBuilder PASS_BUILDER = Binder.bind(PassBuilder.class);

  // LLVMErrorRef LLVMRunPasses(LLVMModuleRef M, const char *Passes, LLVMTargetMachineRef TM,
  // LLVMPassBuilderOptionsRef Options)
  long LLVMRunPasses(long module, MemorySegment passes, long targetMachine, long options);

  // LLVMErrorRef LLVMRunPassesOnFunction(LLVMValueRef F, const char *Passes,
  // LLVMTargetMachineRef TM, LLVMPassBuilderOptionsRef Options)
  long LLVMRunPassesOnFunction(long function, MemorySegment passes, long machine, long options);

  // LLVMPassBuilderOptionsRef LLVMCreatePassBuilderOptions(void)
  long LLVMCreatePassBuilderOptions();

  // void LLVMDisposePassBuilderOptions(LLVMPassBuilderOptionsRef Options)
  void LLVMDisposePassBuilderOptions(long options);

  // void LLVMPassBuilderOptionsSetVerifyEach(LLVMPassBuilderOptionsRef Options, LLVMBool
  // VerifyEach)
  void LLVMPassBuilderOptionsSetVerifyEach(long options, boolean verifyEach);

  // void LLVMPassBuilderOptionsSetLoopInterleaving(LLVMPassBuilderOptionsRef, LLVMBool)
  void LLVMPassBuilderOptionsSetLoopInterleaving(long options, boolean on);

  // void LLVMPassBuilderOptionsSetLoopVectorization(LLVMPassBuilderOptionsRef, LLVMBool)
  void LLVMPassBuilderOptionsSetLoopVectorization(long options, boolean on);

  // void LLVMPassBuilderOptionsSetSLPVectorization(LLVMPassBuilderOptionsRef, LLVMBool)
  void LLVMPassBuilderOptionsSetSLPVectorization(long options, boolean on);

  // void LLVMPassBuilderOptionsSetLoopUnrolling(LLVMPassBuilderOptionsRef, LLVMBool)
  void LLVMPassBuilderOptionsSetLoopUnrolling(long options, boolean on);

  // void LLVMPassBuilderOptionsSetMergeFunctions(LLVMPassBuilderOptionsRef, LLVMBool)
  void LLVMPassBuilderOptionsSetMergeFunctions(long options, boolean on);

  // void LLVMPassBuilderOptionsSetInlinerThreshold(LLVMPassBuilderOptionsRef, int Threshold)
  void LLVMPassBuilderOptionsSetInlinerThreshold(long options, int threshold);
}
