package dev.pollard.llvm;

import static dev.pollard.llvm.capi.Core.CORE;

import dev.pollard.llvm.capi.CString;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/// A type. Types are unique per context: equal records are the same type.
///
/// @param module a module of the context that owns it
/// @param ref the C library's reference
public record Type(Module module, long ref) {
  /// What a type is; the order is that of `LLVMTypeKind`.
  public enum Kind {
    VOID,
    HALF,
    FLOAT,
    DOUBLE,
    X86_FP80,
    FP128,
    PPC_FP128,
    LABEL,
    INTEGER,
    FUNCTION,
    STRUCT,
    ARRAY,
    POINTER,
    VECTOR,
    METADATA,
    X86_MMX,
    TOKEN,
    SCALABLE_VECTOR,
    BFLOAT,
    X86_AMX,
    TARGET_EXTENSION;

    private static final Kind[] VALUES = values();
  }

  /// What it is.
  public Kind kind() {
    return Kind.VALUES[CORE.LLVMGetTypeKind(ref)];
  }

  /// Whether it is the integer type of that many bits.
  public boolean isInteger(int bits) {
    return kind() == Kind.INTEGER && bits() == bits;
  }

  /// The bits of an integer type.
  public int bits() {
    return CORE.LLVMGetIntTypeWidth(ref);
  }

  /// What a function of this type returns.
  public Type returnType() {
    return new Type(module, CORE.LLVMGetReturnType(ref));
  }

  /// The parameters of a function type.
  public List<Type> parameters() {
    int count = CORE.LLVMCountParamTypes(ref);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG, Math.max(1, count));
      CORE.LLVMGetParamTypes(ref, out);
      List<Type> parameters = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        parameters.add(new Type(module, out.getAtIndex(ValueLayout.JAVA_LONG, i)));
      }
      return parameters;
    }
  }

  /// Whether a function of this type takes more arguments than it names.
  public boolean isVariadic() {
    return CORE.LLVMIsFunctionVarArg(ref);
  }

  /// How many elements a structure has.
  public int structElements() {
    return CORE.LLVMCountStructElementTypes(ref);
  }

  /// An element of a structure.
  public Type structElement(int index) {
    return new Type(module, CORE.LLVMStructGetTypeAtIndex(ref, index));
  }

  /// The element type of an array or vector.
  public Type element() {
    return new Type(module, CORE.LLVMGetElementType(ref));
  }

  /// The length of an array.
  public long arrayLength() {
    return CORE.LLVMGetArrayLength2(ref);
  }

  /// Whether it has a size.
  public boolean isSized() {
    return CORE.LLVMTypeIsSized(ref);
  }

  /// Its zero: `null`, `0`, `zeroinitializer`.
  public Value zero() {
    return Value.of(module, CORE.LLVMConstNull(ref));
  }

  /// Its `undef`.
  public Value undef() {
    return Value.of(module, CORE.LLVMGetUndef(ref));
  }

  /// Its `poison`.
  public Value poison() {
    return Value.of(module, CORE.LLVMGetPoison(ref));
  }

  /// A constant of this integer type; bits beyond it are cut off.
  public ConstantInt constant(long value) {
    return new ConstantInt(module, CORE.LLVMConstInt(ref, value, false));
  }

  @Override
  public String toString() {
    return CString.take(CORE.LLVMPrintTypeToString(ref));
  }
}
