package dev.pollard.llvm.capi;

import java.lang.foreign.MemorySegment;

/// `llvm-c/TargetMachine.h`.
public interface TargetMachine {
  /// Calls into the loaded library.
  TargetMachine TARGET_MACHINE = Binder.bind(TargetMachine.class);

  /// `LLVMAssemblyFile`.
  int LLVMAssemblyFile = 0;

  /// `LLVMObjectFile`.
  int LLVMObjectFile = 1;

  // char *LLVMGetDefaultTargetTriple(void)
  long LLVMGetDefaultTargetTriple();

  // char *LLVMNormalizeTargetTriple(const char *triple)
  long LLVMNormalizeTargetTriple(MemorySegment triple);

  // LLVMBool LLVMGetTargetFromTriple(const char *Triple, LLVMTargetRef *T, char **ErrorMessage)
  boolean LLVMGetTargetFromTriple(
      MemorySegment triple, MemorySegment outTarget, MemorySegment outMessage);

  // LLVMTargetMachineRef LLVMCreateTargetMachine(LLVMTargetRef T, const char *Triple,
  // const char *CPU, const char *Features, LLVMCodeGenOptLevel Level, LLVMRelocMode Reloc,
  // LLVMCodeModel CodeModel)
  long LLVMCreateTargetMachine(
      long target,
      MemorySegment triple,
      MemorySegment cpu,
      MemorySegment features,
      int level,
      int relocation,
      int codeModel);

  // void LLVMDisposeTargetMachine(LLVMTargetMachineRef T)
  void LLVMDisposeTargetMachine(long machine);

  // LLVMTargetDataRef LLVMCreateTargetDataLayout(LLVMTargetMachineRef T)
  long LLVMCreateTargetDataLayout(long machine);

  // char *LLVMGetTargetMachineTriple(LLVMTargetMachineRef T)
  long LLVMGetTargetMachineTriple(long machine);

  // LLVMBool LLVMTargetMachineEmitToFile(LLVMTargetMachineRef T, LLVMModuleRef M,
  // const char *Filename, LLVMCodeGenFileType codegen, char **ErrorMessage)
  boolean LLVMTargetMachineEmitToFile(
      long machine, long module, MemorySegment path, int fileType, MemorySegment outMessage);

  // LLVMBool LLVMTargetMachineEmitToMemoryBuffer(LLVMTargetMachineRef T, LLVMModuleRef M,
  // LLVMCodeGenFileType codegen, char **ErrorMessage, LLVMMemoryBufferRef *OutMemBuf)
  boolean LLVMTargetMachineEmitToMemoryBuffer(
      long machine, long module, int fileType, MemorySegment outMessage, MemorySegment outBuffer);
}
