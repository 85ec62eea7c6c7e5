package dev.pollard.llvm.capi;

import java.lang.foreign.MemorySegment;

/// `llvm-c/Core.h`: the intermediate representation. The order is the header's own.
public interface Core {
  /// Calls into the loaded library.
  Core CORE = Binder.bind(Core.class);

  // --- Contexts and messages

  // LLVMContextRef LLVMContextCreate(void)
  long LLVMContextCreate();

  // void LLVMContextDispose(LLVMContextRef C)
  void LLVMContextDispose(long context);

  // void LLVMContextSetDiagnosticHandler(LLVMContextRef C, LLVMDiagnosticHandler Handler, void
  // *DiagnosticContext)
  void LLVMContextSetDiagnosticHandler(
      long context, MemorySegment handler, MemorySegment diagnosticContext);

  // char *LLVMGetDiagInfoDescription(LLVMDiagnosticInfoRef DI)
  long LLVMGetDiagInfoDescription(long dI);

  // LLVMDiagnosticSeverity LLVMGetDiagInfoSeverity(LLVMDiagnosticInfoRef DI)
  int LLVMGetDiagInfoSeverity(long dI);

  // void LLVMContextSetDiscardValueNames(LLVMContextRef C, LLVMBool Discard)
  void LLVMContextSetDiscardValueNames(long context, boolean discard);

  // void LLVMDisposeMessage(char *Message)
  void LLVMDisposeMessage(long message);

  // unsigned LLVMGetMDKindIDInContext(LLVMContextRef C, const char *Name, unsigned SLen)
  int LLVMGetMDKindIDInContext(long context, MemorySegment name, int sLen);

  // --- Memory buffers

  // LLVMBool LLVMCreateMemoryBufferWithContentsOfFile(const char *Path, LLVMMemoryBufferRef
  // *OutMemBuf, char **OutMessage)
  boolean LLVMCreateMemoryBufferWithContentsOfFile(
      MemorySegment path, MemorySegment outMemBuf, MemorySegment outMessage);

  // LLVMMemoryBufferRef LLVMCreateMemoryBufferWithMemoryRangeCopy(const char *InputData, size_t
  // InputDataLength, const char *BufferName)
  long LLVMCreateMemoryBufferWithMemoryRangeCopy(
      MemorySegment inputData, long inputDataLength, MemorySegment bufferName);

  // const char *LLVMGetBufferStart(LLVMMemoryBufferRef MemBuf)
  long LLVMGetBufferStart(long memBuf);

  // size_t LLVMGetBufferSize(LLVMMemoryBufferRef MemBuf)
  long LLVMGetBufferSize(long memBuf);

  // void LLVMDisposeMemoryBuffer(LLVMMemoryBufferRef MemBuf)
  void LLVMDisposeMemoryBuffer(long memBuf);

  // --- Modules

  // LLVMModuleRef LLVMModuleCreateWithNameInContext(const char *ModuleID, LLVMContextRef C)
  long LLVMModuleCreateWithNameInContext(MemorySegment moduleID, long context);

  // LLVMModuleRef LLVMCloneModule(LLVMModuleRef M)
  long LLVMCloneModule(long module);

  // void LLVMDisposeModule(LLVMModuleRef M)
  void LLVMDisposeModule(long module);

  // const char *LLVMGetModuleIdentifier(LLVMModuleRef M, size_t *Len)
  long LLVMGetModuleIdentifier(long module, MemorySegment len);

  // void LLVMSetModuleIdentifier(LLVMModuleRef M, const char *Ident, size_t Len)
  void LLVMSetModuleIdentifier(long module, MemorySegment ident, long len);

  // const char *LLVMGetSourceFileName(LLVMModuleRef M, size_t *Len)
  long LLVMGetSourceFileName(long module, MemorySegment len);

  // void LLVMSetSourceFileName(LLVMModuleRef M, const char *Name, size_t Len)
  void LLVMSetSourceFileName(long module, MemorySegment name, long len);

  // const char *LLVMGetDataLayoutStr(LLVMModuleRef M)
  long LLVMGetDataLayoutStr(long module);

  // const char *LLVMGetTarget(LLVMModuleRef M)
  long LLVMGetTarget(long module);

  // void LLVMSetTarget(LLVMModuleRef M, const char *Triple)
  void LLVMSetTarget(long module, MemorySegment triple);

  // char *LLVMPrintModuleToString(LLVMModuleRef M)
  long LLVMPrintModuleToString(long module);

  // LLVMBool LLVMPrintModuleToFile(LLVMModuleRef M, const char *Filename, char **ErrorMessage)
  boolean LLVMPrintModuleToFile(long module, MemorySegment filename, MemorySegment errorMessage);

  // const char *LLVMGetModuleInlineAsm(LLVMModuleRef M, size_t *Len)
  long LLVMGetModuleInlineAsm(long module, MemorySegment len);

  // LLVMContextRef LLVMGetModuleContext(LLVMModuleRef M)
  long LLVMGetModuleContext(long module);

  // LLVMMetadataRef LLVMGetModuleFlag(LLVMModuleRef M, const char *Key, size_t KeyLen)
  long LLVMGetModuleFlag(long module, MemorySegment key, long keyLen);

  // void LLVMAddModuleFlag(LLVMModuleRef M, LLVMModuleFlagBehavior Behavior, const char *Key,
  // size_t KeyLen, LLVMMetadataRef Val)
  void LLVMAddModuleFlag(long module, int behavior, MemorySegment key, long keyLen, long value);

  // LLVMNamedMDNodeRef LLVMGetFirstNamedMetadata(LLVMModuleRef M)
  long LLVMGetFirstNamedMetadata(long module);

  // LLVMNamedMDNodeRef LLVMGetNextNamedMetadata(LLVMNamedMDNodeRef NamedMDNode)
  long LLVMGetNextNamedMetadata(long namedMDNode);

  // LLVMNamedMDNodeRef LLVMGetNamedMetadata(LLVMModuleRef M, const char *Name, size_t NameLen)
  long LLVMGetNamedMetadata(long module, MemorySegment name, long nameLen);

  // const char *LLVMGetNamedMetadataName(LLVMNamedMDNodeRef NamedMD, size_t *NameLen)
  long LLVMGetNamedMetadataName(long namedMD, MemorySegment nameLen);

  // unsigned LLVMGetNamedMetadataNumOperands(LLVMModuleRef M, const char *Name)
  int LLVMGetNamedMetadataNumOperands(long module, MemorySegment name);

  // void LLVMGetNamedMetadataOperands(LLVMModuleRef M, const char *Name, LLVMValueRef *Dest)
  void LLVMGetNamedMetadataOperands(long module, MemorySegment name, MemorySegment dest);

  // void LLVMAddNamedMetadataOperand(LLVMModuleRef M, const char *Name, LLVMValueRef Val)
  void LLVMAddNamedMetadataOperand(long module, MemorySegment name, long value);

  // LLVMNamedMDNodeRef LLVMGetOrInsertNamedMetadata(LLVMModuleRef M, const char *Name, size_t
  // NameLen)
  long LLVMGetOrInsertNamedMetadata(long module, MemorySegment name, long nameLen);

  // LLVMValueRef LLVMAddFunction(LLVMModuleRef M, const char *Name, LLVMTypeRef FunctionTy)
  long LLVMAddFunction(long module, MemorySegment name, long functionTy);

  // LLVMValueRef LLVMGetNamedFunction(LLVMModuleRef M, const char *Name)
  long LLVMGetNamedFunction(long module, MemorySegment name);

  // LLVMValueRef LLVMGetFirstFunction(LLVMModuleRef M)
  long LLVMGetFirstFunction(long module);

  // LLVMValueRef LLVMGetLastFunction(LLVMModuleRef M)
  long LLVMGetLastFunction(long module);

  // LLVMValueRef LLVMGetNextFunction(LLVMValueRef Fn)
  long LLVMGetNextFunction(long function);

  // LLVMValueRef LLVMGetPreviousFunction(LLVMValueRef Fn)
  long LLVMGetPreviousFunction(long function);

  // --- Types

  // LLVMTypeKind LLVMGetTypeKind(LLVMTypeRef Ty)
  int LLVMGetTypeKind(long type);

  // LLVMBool LLVMTypeIsSized(LLVMTypeRef Ty)
  boolean LLVMTypeIsSized(long type);

  // char *LLVMPrintTypeToString(LLVMTypeRef Val)
  long LLVMPrintTypeToString(long value);

  // LLVMTypeRef LLVMInt1TypeInContext(LLVMContextRef C)
  long LLVMInt1TypeInContext(long context);

  // LLVMTypeRef LLVMInt8TypeInContext(LLVMContextRef C)
  long LLVMInt8TypeInContext(long context);

  // LLVMTypeRef LLVMInt16TypeInContext(LLVMContextRef C)
  long LLVMInt16TypeInContext(long context);

  // LLVMTypeRef LLVMInt32TypeInContext(LLVMContextRef C)
  long LLVMInt32TypeInContext(long context);

  // LLVMTypeRef LLVMInt64TypeInContext(LLVMContextRef C)
  long LLVMInt64TypeInContext(long context);

  // LLVMTypeRef LLVMIntTypeInContext(LLVMContextRef C, unsigned NumBits)
  long LLVMIntTypeInContext(long context, int numBits);

  // unsigned LLVMGetIntTypeWidth(LLVMTypeRef IntegerTy)
  int LLVMGetIntTypeWidth(long integerTy);

  // LLVMTypeRef LLVMFunctionType(LLVMTypeRef ReturnType, LLVMTypeRef *ParamTypes, unsigned
  // ParamCount, LLVMBool IsVarArg)
  long LLVMFunctionType(
      long returnType, MemorySegment paramTypes, int paramCount, boolean isVarArg);

  // LLVMBool LLVMIsFunctionVarArg(LLVMTypeRef FunctionTy)
  boolean LLVMIsFunctionVarArg(long functionTy);

  // LLVMTypeRef LLVMGetReturnType(LLVMTypeRef FunctionTy)
  long LLVMGetReturnType(long functionTy);

  // unsigned LLVMCountParamTypes(LLVMTypeRef FunctionTy)
  int LLVMCountParamTypes(long functionTy);

  // void LLVMGetParamTypes(LLVMTypeRef FunctionTy, LLVMTypeRef *Dest)
  void LLVMGetParamTypes(long functionTy, MemorySegment dest);

  // LLVMTypeRef LLVMStructTypeInContext(LLVMContextRef C, LLVMTypeRef *ElementTypes, unsigned
  // ElementCount, LLVMBool Packed)
  long LLVMStructTypeInContext(
      long context, MemorySegment elementTypes, int elementCount, boolean packed);

  // const char *LLVMGetStructName(LLVMTypeRef Ty)
  long LLVMGetStructName(long type);

  // unsigned LLVMCountStructElementTypes(LLVMTypeRef StructTy)
  int LLVMCountStructElementTypes(long structTy);

  // LLVMTypeRef LLVMStructGetTypeAtIndex(LLVMTypeRef StructTy, unsigned i)
  long LLVMStructGetTypeAtIndex(long structTy, int i);

  // LLVMBool LLVMIsPackedStruct(LLVMTypeRef StructTy)
  boolean LLVMIsPackedStruct(long structTy);

  // LLVMTypeRef LLVMGetElementType(LLVMTypeRef Ty)
  long LLVMGetElementType(long type);

  // unsigned LLVMGetVectorSize(LLVMTypeRef VectorTy)
  int LLVMGetVectorSize(long vectorTy);

  // unsigned LLVMGetPointerAddressSpace(LLVMTypeRef PointerTy)
  int LLVMGetPointerAddressSpace(long pointerTy);

  // LLVMTypeRef LLVMVoidTypeInContext(LLVMContextRef C)
  long LLVMVoidTypeInContext(long context);

  // LLVMTypeRef LLVMMetadataTypeInContext(LLVMContextRef C)
  long LLVMMetadataTypeInContext(long context);

  // --- Values

  // LLVMValueKind LLVMGetValueKind(LLVMValueRef Val)
  int LLVMGetValueKind(long value);

  // const char *LLVMGetValueName2(LLVMValueRef Val, size_t *Length)
  long LLVMGetValueName2(long value, MemorySegment length);

  // void LLVMSetValueName2(LLVMValueRef Val, const char *Name, size_t NameLen)
  void LLVMSetValueName2(long value, MemorySegment name, long nameLen);

  // char *LLVMPrintValueToString(LLVMValueRef Val)
  long LLVMPrintValueToString(long value);

  // void LLVMReplaceAllUsesWith(LLVMValueRef OldVal, LLVMValueRef NewVal)
  void LLVMReplaceAllUsesWith(long oldVal, long newVal);

  // LLVMBool LLVMIsConstant(LLVMValueRef Val)
  boolean LLVMIsConstant(long value);

  // LLVMBool LLVMIsUndef(LLVMValueRef Val)
  boolean LLVMIsUndef(long value);

  // LLVMBool LLVMIsPoison(LLVMValueRef Val)
  boolean LLVMIsPoison(long value);

  // LLVMBool LLVMIsNull(LLVMValueRef Val)
  boolean LLVMIsNull(long value);

  // LLVMUseRef LLVMGetFirstUse(LLVMValueRef Val)
  long LLVMGetFirstUse(long value);

  // LLVMUseRef LLVMGetNextUse(LLVMUseRef U)
  long LLVMGetNextUse(long u);

  // LLVMValueRef LLVMGetUser(LLVMUseRef U)
  long LLVMGetUser(long u);

  // LLVMValueRef LLVMGetUsedValue(LLVMUseRef U)
  long LLVMGetUsedValue(long u);

  // LLVMValueRef LLVMGetOperand(LLVMValueRef Val, unsigned Index)
  long LLVMGetOperand(long value, int index);

  // LLVMUseRef LLVMGetOperandUse(LLVMValueRef Val, unsigned Index)
  long LLVMGetOperandUse(long value, int index);

  // void LLVMSetOperand(LLVMValueRef User, unsigned Index, LLVMValueRef Val)
  void LLVMSetOperand(long user, int index, long value);

  // int LLVMGetNumOperands(LLVMValueRef Val)
  int LLVMGetNumOperands(long value);

  // --- Constants

  // LLVMValueRef LLVMConstNull(LLVMTypeRef Ty)
  long LLVMConstNull(long type);

  // LLVMValueRef LLVMConstAllOnes(LLVMTypeRef Ty)
  long LLVMConstAllOnes(long type);

  // LLVMValueRef LLVMGetUndef(LLVMTypeRef Ty)
  long LLVMGetUndef(long type);

  // LLVMValueRef LLVMGetPoison(LLVMTypeRef Ty)
  long LLVMGetPoison(long type);

  // LLVMValueRef LLVMConstPointerNull(LLVMTypeRef Ty)
  long LLVMConstPointerNull(long type);

  // LLVMValueRef LLVMConstInt(LLVMTypeRef IntTy, unsigned long long N, LLVMBool SignExtend)
  long LLVMConstInt(long intTy, long n, boolean signExtend);

  // unsigned long long LLVMConstIntGetZExtValue(LLVMValueRef ConstantVal)
  long LLVMConstIntGetZExtValue(long constantVal);

  // long long LLVMConstIntGetSExtValue(LLVMValueRef ConstantVal)
  long LLVMConstIntGetSExtValue(long constantVal);

  // LLVMBool LLVMIsConstantString(LLVMValueRef c)
  boolean LLVMIsConstantString(long c);

  // const char *LLVMGetAsString(LLVMValueRef c, size_t *Length)
  long LLVMGetAsString(long c, MemorySegment length);

  // LLVMValueRef LLVMConstStringInContext(LLVMContextRef C, const char *Str, unsigned Length,
  // LLVMBool DontNullTerminate)
  long LLVMConstStringInContext(
      long context, MemorySegment str, int length, boolean dontNullTerminate);

  // LLVMValueRef LLVMConstStructInContext(LLVMContextRef C, LLVMValueRef *ConstantVals, unsigned
  // Count, LLVMBool Packed)
  long LLVMConstStructInContext(
      long context, MemorySegment constantVals, int count, boolean packed);

  // LLVMValueRef LLVMConstArray(LLVMTypeRef ElementTy, LLVMValueRef *ConstantVals, unsigned Length)
  long LLVMConstArray(long elementTy, MemorySegment constantVals, int length);

  // LLVMOpcode LLVMGetConstOpcode(LLVMValueRef ConstantVal)
  int LLVMGetConstOpcode(long constantVal);

  // LLVMValueRef LLVMConstGEP2(LLVMTypeRef Ty, LLVMValueRef ConstantVal, LLVMValueRef
  // *ConstantIndices, unsigned NumIndices)
  long LLVMConstGEP2(long type, long constantVal, MemorySegment constantIndices, int numIndices);

  // LLVMValueRef LLVMConstInBoundsGEP2(LLVMTypeRef Ty, LLVMValueRef ConstantVal, LLVMValueRef
  // *ConstantIndices, unsigned NumIndices)
  long LLVMConstInBoundsGEP2(
      long type, long constantVal, MemorySegment constantIndices, int numIndices);

  // LLVMValueRef LLVMConstPtrToInt(LLVMValueRef ConstantVal, LLVMTypeRef ToType)
  long LLVMConstPtrToInt(long constantVal, long toType);

  // LLVMValueRef LLVMConstIntToPtr(LLVMValueRef ConstantVal, LLVMTypeRef ToType)
  long LLVMConstIntToPtr(long constantVal, long toType);

  // LLVMValueRef LLVMConstPointerCast(LLVMValueRef ConstantVal, LLVMTypeRef ToType)
  long LLVMConstPointerCast(long constantVal, long toType);

  // LLVMValueRef LLVMConstBitCast(LLVMValueRef ConstantVal, LLVMTypeRef ToType)
  long LLVMConstBitCast(long constantVal, long toType);

  // LLVMValueRef LLVMBlockAddress(LLVMValueRef F, LLVMBasicBlockRef BB)
  long LLVMBlockAddress(long function, long block);

  // LLVMValueRef LLVMIsAInlineAsm(LLVMValueRef Val)
  long LLVMIsAInlineAsm(long value);

  // const char *LLVMGetInlineAsmAsmString(LLVMValueRef InlineAsmVal, size_t *Len)
  long LLVMGetInlineAsmAsmString(long inlineAsm, MemorySegment len);

  // LLVMValueRef LLVMConstInlineAsm(LLVMTypeRef Ty, const char *AsmString, const char *Constraints,
  // LLVMBool HasSideEffects, LLVMBool IsAlignStack)
  long LLVMConstInlineAsm(
      long type,
      MemorySegment asmString,
      MemorySegment constraints,
      boolean hasSideEffects,
      boolean isAlignStack);

  // --- Global values

  // LLVMModuleRef LLVMGetGlobalParent(LLVMValueRef Global)
  long LLVMGetGlobalParent(long global);

  // LLVMBool LLVMIsDeclaration(LLVMValueRef Global)
  boolean LLVMIsDeclaration(long global);

  // LLVMLinkage LLVMGetLinkage(LLVMValueRef Global)
  int LLVMGetLinkage(long global);

  // void LLVMSetLinkage(LLVMValueRef Global, LLVMLinkage Linkage)
  void LLVMSetLinkage(long global, int linkage);

  // const char *LLVMGetSection(LLVMValueRef Global)
  long LLVMGetSection(long global);

  // void LLVMSetSection(LLVMValueRef Global, const char *Section)
  void LLVMSetSection(long global, MemorySegment section);

  // LLVMVisibility LLVMGetVisibility(LLVMValueRef Global)
  int LLVMGetVisibility(long global);

  // void LLVMSetVisibility(LLVMValueRef Global, LLVMVisibility Viz)
  void LLVMSetVisibility(long global, int viz);

  // LLVMUnnamedAddr LLVMGetUnnamedAddress(LLVMValueRef Global)
  int LLVMGetUnnamedAddress(long global);

  // void LLVMSetUnnamedAddress(LLVMValueRef Global, LLVMUnnamedAddr UnnamedAddr)
  void LLVMSetUnnamedAddress(long global, int unnamedAddr);

  // LLVMTypeRef LLVMGlobalGetValueType(LLVMValueRef Global)
  long LLVMGlobalGetValueType(long global);

  // unsigned LLVMGetAlignment(LLVMValueRef V)
  int LLVMGetAlignment(long value);

  // void LLVMSetAlignment(LLVMValueRef V, unsigned Bytes)
  void LLVMSetAlignment(long value, int bytes);

  // void LLVMGlobalSetMetadata(LLVMValueRef Global, unsigned Kind, LLVMMetadataRef MD)
  void LLVMGlobalSetMetadata(long global, int kind, long mD);

  // void LLVMGlobalEraseMetadata(LLVMValueRef Global, unsigned Kind)
  void LLVMGlobalEraseMetadata(long global, int kind);

  // void LLVMGlobalClearMetadata(LLVMValueRef Global)
  void LLVMGlobalClearMetadata(long global);

  // LLVMValueMetadataEntry *LLVMGlobalCopyAllMetadata(LLVMValueRef Value, size_t *NumEntries)
  long LLVMGlobalCopyAllMetadata(long value, MemorySegment numEntries);

  // unsigned LLVMValueMetadataEntriesGetKind(LLVMValueMetadataEntry *Entries, unsigned Index)
  int LLVMValueMetadataEntriesGetKind(long entries, int index);

  // LLVMMetadataRef LLVMValueMetadataEntriesGetMetadata(LLVMValueMetadataEntry *Entries, unsigned
  // Index)
  long LLVMValueMetadataEntriesGetMetadata(long entries, int index);

  // void LLVMDisposeValueMetadataEntries(LLVMValueMetadataEntry *Entries)
  void LLVMDisposeValueMetadataEntries(long entries);

  // LLVMValueRef LLVMAddGlobal(LLVMModuleRef M, LLVMTypeRef Ty, const char *Name)
  long LLVMAddGlobal(long module, long type, MemorySegment name);

  // LLVMValueRef LLVMGetNamedGlobal(LLVMModuleRef M, const char *Name)
  long LLVMGetNamedGlobal(long module, MemorySegment name);

  // LLVMValueRef LLVMGetFirstGlobal(LLVMModuleRef M)
  long LLVMGetFirstGlobal(long module);

  // LLVMValueRef LLVMGetNextGlobal(LLVMValueRef GlobalVar)
  long LLVMGetNextGlobal(long globalVar);

  // void LLVMDeleteGlobal(LLVMValueRef GlobalVar)
  void LLVMDeleteGlobal(long globalVar);

  // LLVMValueRef LLVMGetInitializer(LLVMValueRef GlobalVar)
  long LLVMGetInitializer(long globalVar);

  // void LLVMSetInitializer(LLVMValueRef GlobalVar, LLVMValueRef ConstantVal)
  void LLVMSetInitializer(long globalVar, long constantVal);

  // LLVMBool LLVMIsThreadLocal(LLVMValueRef GlobalVar)
  boolean LLVMIsThreadLocal(long globalVar);

  // LLVMBool LLVMIsGlobalConstant(LLVMValueRef GlobalVar)
  boolean LLVMIsGlobalConstant(long globalVar);

  // void LLVMSetGlobalConstant(LLVMValueRef GlobalVar, LLVMBool IsConstant)
  void LLVMSetGlobalConstant(long globalVar, boolean isConstant);

  // LLVMBool LLVMIsExternallyInitialized(LLVMValueRef GlobalVar)
  boolean LLVMIsExternallyInitialized(long globalVar);

  // LLVMValueRef LLVMGetFirstGlobalAlias(LLVMModuleRef M)
  long LLVMGetFirstGlobalAlias(long module);

  // LLVMValueRef LLVMGetNextGlobalAlias(LLVMValueRef GA)
  long LLVMGetNextGlobalAlias(long gA);

  // LLVMValueRef LLVMAliasGetAliasee(LLVMValueRef Alias)
  long LLVMAliasGetAliasee(long alias);

  // void LLVMAliasSetAliasee(LLVMValueRef Alias, LLVMValueRef Aliasee)
  void LLVMAliasSetAliasee(long alias, long aliasee);

  // LLVMValueRef LLVMAddAlias2(LLVMModuleRef M, LLVMTypeRef ValueTy, unsigned AddrSpace,
  // LLVMValueRef Aliasee, const char *Name)
  long LLVMAddAlias2(long module, long valueTy, int addrSpace, long aliasee, MemorySegment name);

  // LLVMValueRef LLVMGetNamedGlobalAlias(LLVMModuleRef M, const char *Name, size_t NameLen)
  long LLVMGetNamedGlobalAlias(long module, MemorySegment name, long nameLen);

  // --- Functions

  // void LLVMDeleteFunction(LLVMValueRef Fn)
  void LLVMDeleteFunction(long function);

  // LLVMBool LLVMHasPersonalityFn(LLVMValueRef Fn)
  boolean LLVMHasPersonalityFn(long function);

  // LLVMValueRef LLVMGetPersonalityFn(LLVMValueRef Fn)
  long LLVMGetPersonalityFn(long function);

  // void LLVMSetPersonalityFn(LLVMValueRef Fn, LLVMValueRef PersonalityFn)
  void LLVMSetPersonalityFn(long function, long personalityFn);

  // unsigned LLVMLookupIntrinsicID(const char *Name, size_t NameLen)
  int LLVMLookupIntrinsicID(MemorySegment name, long nameLen);

  // unsigned LLVMGetIntrinsicID(LLVMValueRef Fn)
  int LLVMGetIntrinsicID(long function);

  // LLVMValueRef LLVMGetIntrinsicDeclaration(LLVMModuleRef Mod, unsigned ID, LLVMTypeRef
  // *ParamTypes, size_t ParamCount)
  long LLVMGetIntrinsicDeclaration(long mod, int iD, MemorySegment paramTypes, long paramCount);

  // const char *LLVMIntrinsicGetName(unsigned ID, size_t *NameLength)
  long LLVMIntrinsicGetName(int iD, MemorySegment nameLength);

  // unsigned LLVMGetFunctionCallConv(LLVMValueRef Fn)
  int LLVMGetFunctionCallConv(long function);

  // void LLVMSetFunctionCallConv(LLVMValueRef Fn, unsigned CC)
  void LLVMSetFunctionCallConv(long function, int cC);

  // unsigned LLVMCountParams(LLVMValueRef Fn)
  int LLVMCountParams(long function);

  // LLVMValueRef LLVMGetParam(LLVMValueRef Fn, unsigned Index)
  long LLVMGetParam(long function, int index);

  // LLVMValueRef LLVMGetParamParent(LLVMValueRef Inst)
  long LLVMGetParamParent(long instruction);

  // LLVMValueRef LLVMGetNextParam(LLVMValueRef Arg)
  long LLVMGetNextParam(long arg);

  // LLVMValueRef LLVMGetFirstParam(LLVMValueRef Fn)
  long LLVMGetFirstParam(long function);

  // void LLVMSetParamAlignment(LLVMValueRef Arg, unsigned Align)
  void LLVMSetParamAlignment(long arg, int align);

  // --- Attributes

  // unsigned LLVMGetEnumAttributeKindForName(const char *Name, size_t SLen)
  int LLVMGetEnumAttributeKindForName(MemorySegment name, long sLen);

  // LLVMAttributeRef LLVMCreateEnumAttribute(LLVMContextRef C, unsigned KindID, uint64_t Val)
  long LLVMCreateEnumAttribute(long context, int kindID, long value);

  // unsigned LLVMGetEnumAttributeKind(LLVMAttributeRef A)
  int LLVMGetEnumAttributeKind(long attribute);

  // uint64_t LLVMGetEnumAttributeValue(LLVMAttributeRef A)
  long LLVMGetEnumAttributeValue(long attribute);

  // LLVMAttributeRef LLVMCreateTypeAttribute(LLVMContextRef C, unsigned KindID, LLVMTypeRef
  // type_ref)
  long LLVMCreateTypeAttribute(long context, int kindID, long type_ref);

  // LLVMTypeRef LLVMGetTypeAttributeValue(LLVMAttributeRef A)
  long LLVMGetTypeAttributeValue(long attribute);

  // LLVMAttributeRef LLVMCreateStringAttribute(LLVMContextRef C, const char *K, unsigned KLength,
  // const char *V, unsigned VLength)
  long LLVMCreateStringAttribute(
      long context, MemorySegment k, int kLength, MemorySegment value, int vLength);

  // const char *LLVMGetStringAttributeKind(LLVMAttributeRef A, unsigned *Length)
  long LLVMGetStringAttributeKind(long attribute, MemorySegment length);

  // const char *LLVMGetStringAttributeValue(LLVMAttributeRef A, unsigned *Length)
  long LLVMGetStringAttributeValue(long attribute, MemorySegment length);

  // LLVMBool LLVMIsEnumAttribute(LLVMAttributeRef A)
  boolean LLVMIsEnumAttribute(long attribute);

  // LLVMBool LLVMIsStringAttribute(LLVMAttributeRef A)
  boolean LLVMIsStringAttribute(long attribute);

  // LLVMBool LLVMIsTypeAttribute(LLVMAttributeRef A)
  boolean LLVMIsTypeAttribute(long attribute);

  // void LLVMAddAttributeAtIndex(LLVMValueRef F, LLVMAttributeIndex Idx, LLVMAttributeRef A)
  void LLVMAddAttributeAtIndex(long function, int idx, long attribute);

  // unsigned LLVMGetAttributeCountAtIndex(LLVMValueRef F, LLVMAttributeIndex Idx)
  int LLVMGetAttributeCountAtIndex(long function, int idx);

  // void LLVMGetAttributesAtIndex(LLVMValueRef F, LLVMAttributeIndex Idx, LLVMAttributeRef *Attrs)
  void LLVMGetAttributesAtIndex(long function, int idx, MemorySegment attrs);

  // LLVMAttributeRef LLVMGetEnumAttributeAtIndex(LLVMValueRef F, LLVMAttributeIndex Idx, unsigned
  // KindID)
  long LLVMGetEnumAttributeAtIndex(long function, int idx, int kindID);

  // LLVMAttributeRef LLVMGetStringAttributeAtIndex(LLVMValueRef F, LLVMAttributeIndex Idx, const
  // char *K, unsigned KLen)
  long LLVMGetStringAttributeAtIndex(long function, int idx, MemorySegment k, int kLen);

  // void LLVMRemoveEnumAttributeAtIndex(LLVMValueRef F, LLVMAttributeIndex Idx, unsigned KindID)
  void LLVMRemoveEnumAttributeAtIndex(long function, int idx, int kindID);

  // void LLVMRemoveStringAttributeAtIndex(LLVMValueRef F, LLVMAttributeIndex Idx, const char *K,
  // unsigned KLen)
  void LLVMRemoveStringAttributeAtIndex(long function, int idx, MemorySegment k, int kLen);

  // void LLVMAddCallSiteAttribute(LLVMValueRef C, LLVMAttributeIndex Idx, LLVMAttributeRef A)
  void LLVMAddCallSiteAttribute(long context, int idx, long attribute);

  // unsigned LLVMGetCallSiteAttributeCount(LLVMValueRef C, LLVMAttributeIndex Idx)
  int LLVMGetCallSiteAttributeCount(long context, int idx);

  // void LLVMGetCallSiteAttributes(LLVMValueRef C, LLVMAttributeIndex Idx, LLVMAttributeRef *Attrs)
  void LLVMGetCallSiteAttributes(long context, int idx, MemorySegment attrs);

  // LLVMAttributeRef LLVMGetCallSiteEnumAttribute(LLVMValueRef C, LLVMAttributeIndex Idx, unsigned
  // KindID)
  long LLVMGetCallSiteEnumAttribute(long context, int idx, int kindID);

  // LLVMAttributeRef LLVMGetCallSiteStringAttribute(LLVMValueRef C, LLVMAttributeIndex Idx, const
  // char *K, unsigned KLen)
  long LLVMGetCallSiteStringAttribute(long context, int idx, MemorySegment k, int kLen);

  // void LLVMRemoveCallSiteEnumAttribute(LLVMValueRef C, LLVMAttributeIndex Idx, unsigned KindID)
  void LLVMRemoveCallSiteEnumAttribute(long context, int idx, int kindID);

  // void LLVMRemoveCallSiteStringAttribute(LLVMValueRef C, LLVMAttributeIndex Idx, const char *K,
  // unsigned KLen)
  void LLVMRemoveCallSiteStringAttribute(long context, int idx, MemorySegment k, int kLen);

  // --- Metadata

  // LLVMValueRef LLVMMetadataAsValue(LLVMContextRef C, LLVMMetadataRef MD)
  long LLVMMetadataAsValue(long context, long mD);

  // LLVMMetadataRef LLVMValueAsMetadata(LLVMValueRef Val)
  long LLVMValueAsMetadata(long value);

  // LLVMMetadataRef LLVMMDStringInContext2(LLVMContextRef C, const char *Str, size_t SLen)
  long LLVMMDStringInContext2(long context, MemorySegment str, long sLen);

  // LLVMMetadataRef LLVMMDNodeInContext2(LLVMContextRef C, LLVMMetadataRef *MDs, size_t Count)
  long LLVMMDNodeInContext2(long context, MemorySegment mDs, long count);

  // const char *LLVMGetMDString(LLVMValueRef V, unsigned *Length)
  long LLVMGetMDString(long value, MemorySegment length);

  // unsigned LLVMGetMDNodeNumOperands(LLVMValueRef V)
  int LLVMGetMDNodeNumOperands(long value);

  // void LLVMGetMDNodeOperands(LLVMValueRef V, LLVMValueRef *Dest)
  void LLVMGetMDNodeOperands(long value, MemorySegment dest);

  // LLVMValueRef LLVMGetMetadata(LLVMValueRef Val, unsigned KindID)
  long LLVMGetMetadata(long value, int kindID);

  // void LLVMSetMetadata(LLVMValueRef Val, unsigned KindID, LLVMValueRef Node)
  void LLVMSetMetadata(long value, int kindID, long node);

  // int LLVMHasMetadata(LLVMValueRef Val)
  int LLVMHasMetadata(long value);

  // LLVMValueMetadataEntry *LLVMInstructionGetAllMetadataOtherThanDebugLoc(LLVMValueRef Instr,
  // size_t *NumEntries)
  long LLVMInstructionGetAllMetadataOtherThanDebugLoc(long instr, MemorySegment numEntries);

  // const char *LLVMGetDebugLocFilename(LLVMValueRef Val, unsigned *Length)
  long LLVMGetDebugLocFilename(long value, MemorySegment length);

  // const char *LLVMGetDebugLocDirectory(LLVMValueRef Val, unsigned *Length)
  long LLVMGetDebugLocDirectory(long value, MemorySegment length);

  // unsigned LLVMGetDebugLocLine(LLVMValueRef Val)
  int LLVMGetDebugLocLine(long value);

  // unsigned LLVMGetDebugLocColumn(LLVMValueRef Val)
  int LLVMGetDebugLocColumn(long value);

  // --- Basic blocks

  // LLVMValueRef LLVMBasicBlockAsValue(LLVMBasicBlockRef BB)
  long LLVMBasicBlockAsValue(long block);

  // LLVMBasicBlockRef LLVMValueAsBasicBlock(LLVMValueRef Val)
  long LLVMValueAsBasicBlock(long value);

  // const char *LLVMGetBasicBlockName(LLVMBasicBlockRef BB)
  long LLVMGetBasicBlockName(long block);

  // LLVMValueRef LLVMGetBasicBlockParent(LLVMBasicBlockRef BB)
  long LLVMGetBasicBlockParent(long block);

  // LLVMValueRef LLVMGetBasicBlockTerminator(LLVMBasicBlockRef BB)
  long LLVMGetBasicBlockTerminator(long block);

  // unsigned LLVMCountBasicBlocks(LLVMValueRef Fn)
  int LLVMCountBasicBlocks(long function);

  // LLVMBasicBlockRef LLVMGetFirstBasicBlock(LLVMValueRef Fn)
  long LLVMGetFirstBasicBlock(long function);

  // LLVMBasicBlockRef LLVMGetLastBasicBlock(LLVMValueRef Fn)
  long LLVMGetLastBasicBlock(long function);

  // LLVMBasicBlockRef LLVMGetNextBasicBlock(LLVMBasicBlockRef BB)
  long LLVMGetNextBasicBlock(long block);

  // LLVMBasicBlockRef LLVMGetPreviousBasicBlock(LLVMBasicBlockRef BB)
  long LLVMGetPreviousBasicBlock(long block);

  // LLVMBasicBlockRef LLVMGetEntryBasicBlock(LLVMValueRef Fn)
  long LLVMGetEntryBasicBlock(long function);

  // LLVMBasicBlockRef LLVMAppendBasicBlockInContext(LLVMContextRef C, LLVMValueRef Fn, const char
  // *Name)
  long LLVMAppendBasicBlockInContext(long context, long function, MemorySegment name);

  // LLVMBasicBlockRef LLVMInsertBasicBlockInContext(LLVMContextRef C, LLVMBasicBlockRef BB, const
  // char *Name)
  long LLVMInsertBasicBlockInContext(long context, long block, MemorySegment name);

  // void LLVMDeleteBasicBlock(LLVMBasicBlockRef BB)
  void LLVMDeleteBasicBlock(long block);

  // void LLVMMoveBasicBlockBefore(LLVMBasicBlockRef BB, LLVMBasicBlockRef MovePos)
  void LLVMMoveBasicBlockBefore(long block, long movePos);

  // void LLVMMoveBasicBlockAfter(LLVMBasicBlockRef BB, LLVMBasicBlockRef MovePos)
  void LLVMMoveBasicBlockAfter(long block, long movePos);

  // LLVMValueRef LLVMGetFirstInstruction(LLVMBasicBlockRef BB)
  long LLVMGetFirstInstruction(long block);

  // LLVMValueRef LLVMGetLastInstruction(LLVMBasicBlockRef BB)
  long LLVMGetLastInstruction(long block);

  // --- Instructions

  // LLVMBasicBlockRef LLVMGetInstructionParent(LLVMValueRef Inst)
  long LLVMGetInstructionParent(long instruction);

  // LLVMValueRef LLVMGetNextInstruction(LLVMValueRef Inst)
  long LLVMGetNextInstruction(long instruction);

  // LLVMValueRef LLVMGetPreviousInstruction(LLVMValueRef Inst)
  long LLVMGetPreviousInstruction(long instruction);

  // void LLVMInstructionRemoveFromParent(LLVMValueRef Inst)
  void LLVMInstructionRemoveFromParent(long instruction);

  // void LLVMInstructionEraseFromParent(LLVMValueRef Inst)
  void LLVMInstructionEraseFromParent(long instruction);

  // LLVMOpcode LLVMGetInstructionOpcode(LLVMValueRef Inst)
  int LLVMGetInstructionOpcode(long instruction);

  // LLVMIntPredicate LLVMGetICmpPredicate(LLVMValueRef Inst)
  int LLVMGetICmpPredicate(long instruction);

  // LLVMValueRef LLVMInstructionClone(LLVMValueRef Inst)
  long LLVMInstructionClone(long instruction);

  // unsigned LLVMGetNumArgOperands(LLVMValueRef Instr)
  int LLVMGetNumArgOperands(long instr);

  // void LLVMSetInstructionCallConv(LLVMValueRef Instr, unsigned CC)
  void LLVMSetInstructionCallConv(long instr, int cC);

  // unsigned LLVMGetInstructionCallConv(LLVMValueRef Instr)
  int LLVMGetInstructionCallConv(long instr);

  // LLVMTypeRef LLVMGetCalledFunctionType(LLVMValueRef C)
  long LLVMGetCalledFunctionType(long context);

  // LLVMValueRef LLVMGetCalledValue(LLVMValueRef Instr)
  long LLVMGetCalledValue(long instr);

  // LLVMBool LLVMIsTailCall(LLVMValueRef CallInst)
  boolean LLVMIsTailCall(long callInst);

  // void LLVMSetTailCall(LLVMValueRef CallInst, LLVMBool IsTailCall)
  void LLVMSetTailCall(long callInst, boolean isTailCall);

  // LLVMBasicBlockRef LLVMGetNormalDest(LLVMValueRef InvokeInst)
  long LLVMGetNormalDest(long invokeInst);

  // LLVMBasicBlockRef LLVMGetUnwindDest(LLVMValueRef InvokeInst)
  long LLVMGetUnwindDest(long invokeInst);

  // void LLVMSetNormalDest(LLVMValueRef InvokeInst, LLVMBasicBlockRef B)
  void LLVMSetNormalDest(long invokeInst, long builder);

  // void LLVMSetUnwindDest(LLVMValueRef InvokeInst, LLVMBasicBlockRef B)
  void LLVMSetUnwindDest(long invokeInst, long builder);

  // unsigned LLVMGetNumSuccessors(LLVMValueRef Term)
  int LLVMGetNumSuccessors(long term);

  // LLVMBasicBlockRef LLVMGetSuccessor(LLVMValueRef Term, unsigned i)
  long LLVMGetSuccessor(long term, int i);

  // void LLVMSetSuccessor(LLVMValueRef Term, unsigned i, LLVMBasicBlockRef block)
  void LLVMSetSuccessor(long term, int i, long block);

  // LLVMBool LLVMIsConditional(LLVMValueRef Branch)
  boolean LLVMIsConditional(long branch);

  // LLVMValueRef LLVMGetCondition(LLVMValueRef Branch)
  long LLVMGetCondition(long branch);

  // void LLVMSetCondition(LLVMValueRef Branch, LLVMValueRef Cond)
  void LLVMSetCondition(long branch, long cond);

  // LLVMBasicBlockRef LLVMGetSwitchDefaultDest(LLVMValueRef SwitchInstr)
  long LLVMGetSwitchDefaultDest(long switchInstr);

  // LLVMTypeRef LLVMGetAllocatedType(LLVMValueRef Alloca)
  long LLVMGetAllocatedType(long alloca);

  // LLVMTypeRef LLVMGetGEPSourceElementType(LLVMValueRef GEP)
  long LLVMGetGEPSourceElementType(long gEP);

  // LLVMBool LLVMIsInBounds(LLVMValueRef GEP)
  boolean LLVMIsInBounds(long gEP);

  // void LLVMAddIncoming(LLVMValueRef PhiNode, LLVMValueRef *IncomingValues, LLVMBasicBlockRef
  // *IncomingBlocks, unsigned Count)
  void LLVMAddIncoming(
      long phiNode, MemorySegment incomingValues, MemorySegment incomingBlocks, int count);

  // unsigned LLVMCountIncoming(LLVMValueRef PhiNode)
  int LLVMCountIncoming(long phiNode);

  // LLVMValueRef LLVMGetIncomingValue(LLVMValueRef PhiNode, unsigned Index)
  long LLVMGetIncomingValue(long phiNode, int index);

  // LLVMBasicBlockRef LLVMGetIncomingBlock(LLVMValueRef PhiNode, unsigned Index)
  long LLVMGetIncomingBlock(long phiNode, int index);

  // unsigned LLVMGetNumIndices(LLVMValueRef Inst)
  int LLVMGetNumIndices(long instruction);

  // const unsigned *LLVMGetIndices(LLVMValueRef Inst)
  long LLVMGetIndices(long instruction);

  // LLVMBool LLVMGetVolatile(LLVMValueRef MemoryAccessInst)
  boolean LLVMGetVolatile(long memoryAccessInst);

  // void LLVMSetVolatile(LLVMValueRef MemoryAccessInst, LLVMBool IsVolatile)
  void LLVMSetVolatile(long memoryAccessInst, boolean isVolatile);

  // LLVMAtomicOrdering LLVMGetOrdering(LLVMValueRef MemoryAccessInst)
  int LLVMGetOrdering(long memoryAccessInst);

  // LLVMBool LLVMIsAtomicSingleThread(LLVMValueRef AtomicInst)
  boolean LLVMIsAtomicSingleThread(long atomicInst);

  // LLVMBool LLVMIsCleanup(LLVMValueRef LandingPad)
  boolean LLVMIsCleanup(long landingPad);

  // void LLVMSetCleanup(LLVMValueRef LandingPad, LLVMBool Val)
  void LLVMSetCleanup(long landingPad, boolean value);

  // unsigned LLVMGetNumClauses(LLVMValueRef LandingPad)
  int LLVMGetNumClauses(long landingPad);

  // LLVMValueRef LLVMGetClause(LLVMValueRef LandingPad, unsigned Idx)
  long LLVMGetClause(long landingPad, int idx);

  // --- Builders

  // LLVMBuilderRef LLVMCreateBuilderInContext(LLVMContextRef C)
  long LLVMCreateBuilderInContext(long context);

  // void LLVMDisposeBuilder(LLVMBuilderRef Builder)
  void LLVMDisposeBuilder(long builder);

  // void LLVMPositionBuilderBefore(LLVMBuilderRef Builder, LLVMValueRef Instr)
  void LLVMPositionBuilderBefore(long builder, long instr);

  // void LLVMPositionBuilderAtEnd(LLVMBuilderRef Builder, LLVMBasicBlockRef Block)
  void LLVMPositionBuilderAtEnd(long builder, long block);

  // LLVMBasicBlockRef LLVMGetInsertBlock(LLVMBuilderRef Builder)
  long LLVMGetInsertBlock(long builder);

  // void LLVMInsertIntoBuilder(LLVMBuilderRef Builder, LLVMValueRef Instr)
  void LLVMInsertIntoBuilder(long builder, long instr);

  // LLVMMetadataRef LLVMGetCurrentDebugLocation2(LLVMBuilderRef Builder)
  long LLVMGetCurrentDebugLocation2(long builder);

  // void LLVMSetCurrentDebugLocation2(LLVMBuilderRef Builder, LLVMMetadataRef Loc)
  void LLVMSetCurrentDebugLocation2(long builder, long loc);

  // LLVMValueRef LLVMBuildRetVoid(LLVMBuilderRef)
  long LLVMBuildRetVoid(long builder);

  // LLVMValueRef LLVMBuildRet(LLVMBuilderRef, LLVMValueRef V)
  long LLVMBuildRet(long builder, long value);

  // LLVMValueRef LLVMBuildBr(LLVMBuilderRef, LLVMBasicBlockRef Dest)
  long LLVMBuildBr(long builder, long dest);

  // LLVMValueRef LLVMBuildCondBr(LLVMBuilderRef, LLVMValueRef If, LLVMBasicBlockRef Then,
  // LLVMBasicBlockRef Else)
  long LLVMBuildCondBr(long builder, long condition, long then, long otherwise);

  // LLVMValueRef LLVMBuildSwitch(LLVMBuilderRef, LLVMValueRef V, LLVMBasicBlockRef Else, unsigned
  // NumCases)
  long LLVMBuildSwitch(long builder, long value, long otherwise, int numCases);

  // void LLVMAddCase(LLVMValueRef Switch, LLVMValueRef OnVal, LLVMBasicBlockRef Dest)
  void LLVMAddCase(long switch_, long onVal, long dest);

  // LLVMValueRef LLVMBuildInvoke2(LLVMBuilderRef, LLVMTypeRef Ty, LLVMValueRef Fn, LLVMValueRef
  // *Args, unsigned NumArgs, LLVMBasicBlockRef Then, LLVMBasicBlockRef Catch, const char *Name)
  long LLVMBuildInvoke2(
      long builder,
      long type,
      long function,
      MemorySegment args,
      int numArgs,
      long then,
      long handler,
      MemorySegment name);

  // LLVMValueRef LLVMBuildUnreachable(LLVMBuilderRef)
  long LLVMBuildUnreachable(long builder);

  // LLVMValueRef LLVMBuildResume(LLVMBuilderRef B, LLVMValueRef Exn)
  long LLVMBuildResume(long builder, long exn);

  // LLVMValueRef LLVMBuildLandingPad(LLVMBuilderRef B, LLVMTypeRef Ty, LLVMValueRef PersFn,
  // unsigned NumClauses, const char *Name)
  long LLVMBuildLandingPad(
      long builder, long type, long persFn, int numClauses, MemorySegment name);

  // void LLVMAddClause(LLVMValueRef LandingPad, LLVMValueRef ClauseVal)
  void LLVMAddClause(long landingPad, long clauseVal);

  // LLVMValueRef LLVMBuildBinOp(LLVMBuilderRef B, LLVMOpcode Op, LLVMValueRef LHS, LLVMValueRef
  // RHS, const char *Name)
  long LLVMBuildBinOp(long builder, int op, long left, long right, MemorySegment name);

  // LLVMValueRef LLVMBuildAlloca(LLVMBuilderRef, LLVMTypeRef Ty, const char *Name)
  long LLVMBuildAlloca(long builder, long type, MemorySegment name);

  // LLVMValueRef LLVMBuildLoad2(LLVMBuilderRef, LLVMTypeRef Ty, LLVMValueRef PointerVal, const char
  // *Name)
  long LLVMBuildLoad2(long builder, long type, long pointerVal, MemorySegment name);

  // LLVMValueRef LLVMBuildStore(LLVMBuilderRef, LLVMValueRef Val, LLVMValueRef Ptr)
  long LLVMBuildStore(long builder, long value, long ptr);

  // LLVMValueRef LLVMBuildGEP2(LLVMBuilderRef B, LLVMTypeRef Ty, LLVMValueRef Pointer, LLVMValueRef
  // *Indices, unsigned NumIndices, const char *Name)
  long LLVMBuildGEP2(
      long builder,
      long type,
      long pointer,
      MemorySegment indices,
      int numIndices,
      MemorySegment name);

  // LLVMValueRef LLVMBuildInBoundsGEP2(LLVMBuilderRef B, LLVMTypeRef Ty, LLVMValueRef Pointer,
  // LLVMValueRef *Indices, unsigned NumIndices, const char *Name)
  long LLVMBuildInBoundsGEP2(
      long builder,
      long type,
      long pointer,
      MemorySegment indices,
      int numIndices,
      MemorySegment name);

  // LLVMValueRef LLVMBuildStructGEP2(LLVMBuilderRef B, LLVMTypeRef Ty, LLVMValueRef Pointer,
  // unsigned Idx, const char *Name)
  long LLVMBuildStructGEP2(long builder, long type, long pointer, int idx, MemorySegment name);

  // LLVMValueRef LLVMBuildMemCpy(LLVMBuilderRef B, LLVMValueRef Dst, unsigned DstAlign,
  // LLVMValueRef Src, unsigned SrcAlign, LLVMValueRef Size)
  long LLVMBuildMemCpy(long builder, long dst, int dstAlign, long src, int srcAlign, long size);

  // LLVMValueRef LLVMBuildMemMove(LLVMBuilderRef B, LLVMValueRef Dst, unsigned DstAlign,
  // LLVMValueRef Src, unsigned SrcAlign, LLVMValueRef Size)
  long LLVMBuildMemMove(long builder, long dst, int dstAlign, long src, int srcAlign, long size);

  // LLVMValueRef LLVMBuildMemSet(LLVMBuilderRef B, LLVMValueRef Ptr, LLVMValueRef Val, LLVMValueRef
  // Len, unsigned Align)
  long LLVMBuildMemSet(long builder, long ptr, long value, long len, int align);

  // LLVMValueRef LLVMBuildCast(LLVMBuilderRef B, LLVMOpcode Op, LLVMValueRef Val, LLVMTypeRef
  // DestTy, const char *Name)
  long LLVMBuildCast(long builder, int op, long value, long destTy, MemorySegment name);

  // LLVMValueRef LLVMBuildIntCast2(LLVMBuilderRef, LLVMValueRef Val, LLVMTypeRef DestTy, LLVMBool
  // IsSigned, const char *Name)
  long LLVMBuildIntCast2(
      long builder, long value, long destTy, boolean isSigned, MemorySegment name);

  // LLVMValueRef LLVMBuildICmp(LLVMBuilderRef, LLVMIntPredicate Op, LLVMValueRef LHS, LLVMValueRef
  // RHS, const char *Name)
  long LLVMBuildICmp(long builder, int op, long left, long right, MemorySegment name);

  // LLVMValueRef LLVMBuildPhi(LLVMBuilderRef, LLVMTypeRef Ty, const char *Name)
  long LLVMBuildPhi(long builder, long type, MemorySegment name);

  // LLVMValueRef LLVMBuildCall2(LLVMBuilderRef, LLVMTypeRef, LLVMValueRef Fn, LLVMValueRef *Args,
  // unsigned NumArgs, const char *Name)
  long LLVMBuildCall2(
      long builder,
      long functionType,
      long function,
      MemorySegment args,
      int numArgs,
      MemorySegment name);

  // LLVMValueRef LLVMBuildSelect(LLVMBuilderRef, LLVMValueRef If, LLVMValueRef Then, LLVMValueRef
  // Else, const char *Name)
  long LLVMBuildSelect(long builder, long condition, long then, long otherwise, MemorySegment name);

  // LLVMValueRef LLVMBuildExtractValue(LLVMBuilderRef, LLVMValueRef AggVal, unsigned Index, const
  // char *Name)
  long LLVMBuildExtractValue(long builder, long aggVal, int index, MemorySegment name);

  // LLVMValueRef LLVMBuildInsertValue(LLVMBuilderRef, LLVMValueRef AggVal, LLVMValueRef EltVal,
  // unsigned Index, const char *Name)
  long LLVMBuildInsertValue(long builder, long aggVal, long eltVal, int index, MemorySegment name);

  // LLVMValueRef LLVMBuildFreeze(LLVMBuilderRef, LLVMValueRef Val, const char *Name)
  long LLVMBuildFreeze(long builder, long value, MemorySegment name);

  // --- Not in every LLVM: see NativeLibrary.exports

  // LLVMValueRef LLVMGetSwitchCaseValue(LLVMValueRef SwitchInstr, unsigned i) -- since 22; i >= 1
  long LLVMGetSwitchCaseValue(long switchInstruction, int successor);

  // void LLVMSetSwitchCaseValue(LLVMValueRef SwitchInstr, unsigned i, LLVMValueRef CaseValue)
  void LLVMSetSwitchCaseValue(long switchInstruction, int successor, long caseValue);

  // LLVMTailCallKind LLVMGetTailCallKind(LLVMValueRef CallInst) -- 0 none 1 tail 2 must 3 no
  int LLVMGetTailCallKind(long call);

  // void LLVMSetTailCallKind(LLVMValueRef CallInst, LLVMTailCallKind kind)
  void LLVMSetTailCallKind(long call, int kind);

  // LLVMBool LLVMIsAtomic(LLVMValueRef Inst)
  boolean LLVMIsAtomic(long instruction);

  // LLVMGEPNoWrapFlags LLVMGEPGetNoWrapFlags(LLVMValueRef GEP) -- 1 inbounds 2 nusw 4 nuw
  int LLVMGEPGetNoWrapFlags(long gep);

  // void LLVMGEPSetNoWrapFlags(LLVMValueRef GEP, LLVMGEPNoWrapFlags NoWrapFlags)
  void LLVMGEPSetNoWrapFlags(long gep, int flags);

  // LLVMTypeRef LLVMArrayType2(LLVMTypeRef ElementType, uint64_t ElementCount)
  long LLVMArrayType2(long elementType, long elementCount);

  // uint64_t LLVMGetArrayLength2(LLVMTypeRef ArrayTy)
  long LLVMGetArrayLength2(long arrayType);

  // LLVMValueRef LLVMConstArray2(LLVMTypeRef ElementTy, LLVMValueRef *ConstantVals, uint64_t
  // Length)
  long LLVMConstArray2(long elementType, MemorySegment constants, long length);

  // LLVMTypeRef LLVMPointerTypeInContext(LLVMContextRef C, unsigned AddressSpace)
  long LLVMPointerTypeInContext(long context, int addressSpace);

  // LLVMDbgRecordRef LLVMGetFirstDbgRecord(LLVMValueRef Inst)
  long LLVMGetFirstDbgRecord(long instruction);

  // LLVMDbgRecordRef LLVMGetNextDbgRecord(LLVMDbgRecordRef DbgRecord)
  long LLVMGetNextDbgRecord(long record);

  // void LLVMPositionBuilderBeforeInstrAndDbgRecords(LLVMBuilderRef Builder, LLVMValueRef Instr)
  void LLVMPositionBuilderBeforeInstrAndDbgRecords(long builder, long instruction);

  // LLVMValueRef LLVMGetBlockAddressFunction(LLVMValueRef BlockAddr)
  long LLVMGetBlockAddressFunction(long blockAddress);

  // LLVMBasicBlockRef LLVMGetBlockAddressBasicBlock(LLVMValueRef BlockAddr)
  long LLVMGetBlockAddressBasicBlock(long blockAddress);

  // --- Here because the headers of other versions spell them through macros

  // LLVMTypeRef LLVMTypeOf(LLVMValueRef Val)
  long LLVMTypeOf(long value);

  // LLVMValueRef LLVMGetAggregateElement(LLVMValueRef C, unsigned Idx) -- 0 when there is none
  long LLVMGetAggregateElement(long constant, int index);

  // void LLVMDeleteInstruction(LLVMValueRef Inst) -- Inst has no parent
  void LLVMDeleteInstruction(long instruction);

  // void LLVMGetVersion(unsigned *Major, unsigned *Minor, unsigned *Patch)
  void LLVMGetVersion(MemorySegment major, MemorySegment minor, MemorySegment patch);

  // LLVMComdatRef LLVMGetComdat(LLVMValueRef V) -- 0 when there is none
  long LLVMGetComdat(long value);

  // void LLVMSetComdat(LLVMValueRef V, LLVMComdatRef C)
  void LLVMSetComdat(long value, long comdat);
}
