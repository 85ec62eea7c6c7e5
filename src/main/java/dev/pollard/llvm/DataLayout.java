package dev.pollard.llvm;

import static dev.pollard.llvm.capi.Core.CORE;
import static dev.pollard.llvm.capi.Target.TARGET;

import dev.pollard.llvm.capi.CString;

/// Sizes and offsets of types on a module's target.
public final class DataLayout {
  private static final int LITTLE = 1;

  private final Module module;

  DataLayout(Module module) {
    this.module = module;
  }

  /// Bytes from one element of an array of `type` to the next.
  public long allocSize(Type type) {
    return TARGET.LLVMABISizeOfType(ref(), type.ref());
  }

  /// Bytes that a store of `type` writes.
  public long storeSize(Type type) {
    return TARGET.LLVMStoreSizeOfType(ref(), type.ref());
  }

  /// The alignment of `type` in bytes.
  public int alignment(Type type) {
    return TARGET.LLVMABIAlignmentOfType(ref(), type.ref());
  }

  /// The byte offset of an element of a structure.
  public long offset(Type structType, int element) {
    return TARGET.LLVMOffsetOfElement(ref(), structType.ref(), element);
  }

  /// Bytes of a pointer in address space 0.
  public int pointerSize() {
    return TARGET.LLVMPointerSize(ref());
  }

  /// Whether the least significant byte comes first.
  public boolean littleEndian() {
    return TARGET.LLVMByteOrder(ref()) == LITTLE;
  }

  /// The integer type of a pointer's size.
  public Type intPointer() {
    return new Type(module, TARGET.LLVMIntPtrTypeInContext(module.context().ref(), ref()));
  }

  /// LLVM's data layout string.
  public String text() {
    return CString.copy(CORE.LLVMGetDataLayoutStr(module.ref()));
  }

  private long ref() {
    return TARGET.LLVMGetModuleDataLayout(module.ref());
  }
}
