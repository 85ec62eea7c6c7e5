package dev.pollard.llvm.capi;

/// `llvm-c/Target.h`: data layouts. The `LLVMInitialize…` functions have one name per back end and
/// go through [Backends].
public interface Target {
  /// Calls into the loaded library.
  Target TARGET = Binder.bind(Target.class);

  // LLVMTargetDataRef LLVMGetModuleDataLayout(LLVMModuleRef M) -- the module keeps it
  long LLVMGetModuleDataLayout(long module);

  // void LLVMSetModuleDataLayout(LLVMModuleRef M, LLVMTargetDataRef DL)
  void LLVMSetModuleDataLayout(long module, long layout);

  // void LLVMDisposeTargetData(LLVMTargetDataRef TD)
  void LLVMDisposeTargetData(long layout);

  // enum LLVMByteOrdering LLVMByteOrder(LLVMTargetDataRef TD) -- 0 big, 1 little
  int LLVMByteOrder(long layout);

  // unsigned LLVMPointerSize(LLVMTargetDataRef TD)
  int LLVMPointerSize(long layout);

  // LLVMTypeRef LLVMIntPtrTypeInContext(LLVMContextRef C, LLVMTargetDataRef TD)
  long LLVMIntPtrTypeInContext(long context, long layout);

  // unsigned long long LLVMSizeOfTypeInBits(LLVMTargetDataRef TD, LLVMTypeRef Ty)
  long LLVMSizeOfTypeInBits(long layout, long type);

  // unsigned long long LLVMStoreSizeOfType(LLVMTargetDataRef TD, LLVMTypeRef Ty)
  long LLVMStoreSizeOfType(long layout, long type);

  // unsigned long long LLVMABISizeOfType(LLVMTargetDataRef TD, LLVMTypeRef Ty)
  long LLVMABISizeOfType(long layout, long type);

  // unsigned LLVMABIAlignmentOfType(LLVMTargetDataRef TD, LLVMTypeRef Ty)
  int LLVMABIAlignmentOfType(long layout, long type);

  // unsigned LLVMElementAtOffset(LLVMTargetDataRef TD, LLVMTypeRef StructTy, uint64_t Offset)
  int LLVMElementAtOffset(long layout, long structType, long offset);

  // unsigned long long LLVMOffsetOfElement(LLVMTargetDataRef TD, LLVMTypeRef StructTy, unsigned E)
  long LLVMOffsetOfElement(long layout, long structType, int element);
}
