package dev.pollard.llvm.capi;

import java.lang.foreign.MemorySegment;

/// `llvm-c/DebugInfo.h`.
public interface DebugInfo {
  /// Calls into the loaded library.
  DebugInfo DEBUG_INFO = Binder.bind(DebugInfo.class);

  // LLVMBool LLVMStripModuleDebugInfo(LLVMModuleRef Module)
  boolean LLVMStripModuleDebugInfo(long module);

  // unsigned LLVMDILocationGetLine(LLVMMetadataRef Location)
  int LLVMDILocationGetLine(long location);

  // unsigned LLVMDILocationGetColumn(LLVMMetadataRef Location)
  int LLVMDILocationGetColumn(long location);

  // LLVMMetadataRef LLVMDILocationGetScope(LLVMMetadataRef Location)
  long LLVMDILocationGetScope(long location);

  // LLVMMetadataRef LLVMDILocationGetInlinedAt(LLVMMetadataRef Location) -- 0 when not inlined
  long LLVMDILocationGetInlinedAt(long location);

  // LLVMMetadataRef LLVMDIScopeGetFile(LLVMMetadataRef Scope)
  long LLVMDIScopeGetFile(long scope);

  // const char *LLVMDIFileGetDirectory(LLVMMetadataRef File, unsigned *Len)
  long LLVMDIFileGetDirectory(long file, MemorySegment outLength);

  // const char *LLVMDIFileGetFilename(LLVMMetadataRef File, unsigned *Len)
  long LLVMDIFileGetFilename(long file, MemorySegment outLength);

  // unsigned LLVMDISubprogramGetLine(LLVMMetadataRef Subprogram)
  int LLVMDISubprogramGetLine(long subprogram);

  // LLVMMetadataRef LLVMGetSubprogram(LLVMValueRef Func) -- 0 when there is none
  long LLVMGetSubprogram(long function);

  // void LLVMSetSubprogram(LLVMValueRef Func, LLVMMetadataRef SP)
  void LLVMSetSubprogram(long function, long subprogram);

  // LLVMMetadataRef LLVMInstructionGetDebugLoc(LLVMValueRef Inst) -- 0 when there is none
  long LLVMInstructionGetDebugLoc(long instruction);

  // void LLVMInstructionSetDebugLoc(LLVMValueRef Inst, LLVMMetadataRef Loc)
  void LLVMInstructionSetDebugLoc(long instruction, long location);

  // LLVMMetadataRef LLVMDIBuilderCreateDebugLocation(LLVMContextRef Ctx, unsigned Line,
  // unsigned Column, LLVMMetadataRef Scope, LLVMMetadataRef InlinedAt)
  long LLVMDIBuilderCreateDebugLocation(
      long context, int line, int column, long scope, long inlinedAt);

  // LLVMMetadataKind LLVMGetMetadataKind(LLVMMetadataRef Metadata)
  int LLVMGetMetadataKind(long metadata);

  // const char *LLVMDITypeGetName(LLVMMetadataRef DType, size_t *Length)
  long LLVMDITypeGetName(long type, MemorySegment outLength);

  // uint64_t LLVMDITypeGetSizeInBits(LLVMMetadataRef DType)
  long LLVMDITypeGetSizeInBits(long type);

  // uint64_t LLVMDITypeGetOffsetInBits(LLVMMetadataRef DType)
  long LLVMDITypeGetOffsetInBits(long type);

  // unsigned LLVMDITypeGetLine(LLVMMetadataRef DType)
  int LLVMDITypeGetLine(long type);

  // LLVMMetadataRef LLVMDIVariableGetScope(LLVMMetadataRef Var)
  long LLVMDIVariableGetScope(long variable);

  // uint16_t LLVMGetDINodeTag(LLVMMetadataRef MD) -- the upper half of the register is garbage
  int LLVMGetDINodeTag(long metadata);
}
