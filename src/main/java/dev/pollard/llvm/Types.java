package dev.pollard.llvm;

import static dev.pollard.llvm.capi.Core.CORE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/// Makes types of one module's context.
public final class Types {
  private final Module module;

  Types(Module module) {
    this.module = module;
  }

  /// The integer type of that many bits.
  public Type integer(int bits) {
    return new Type(module, CORE.LLVMIntTypeInContext(module.context().ref(), bits));
  }

  /// A pointer in address space 0.
  public Type pointer() {
    return pointer(0);
  }

  /// A pointer in an address space.
  public Type pointer(int addressSpace) {
    return new Type(module, CORE.LLVMPointerTypeInContext(module.context().ref(), addressSpace));
  }

  /// No value.
  public Type nothing() {
    return new Type(module, CORE.LLVMVoidTypeInContext(module.context().ref()));
  }

  /// An array.
  public Type array(Type element, long length) {
    return new Type(module, CORE.LLVMArrayType2(element.ref(), length));
  }

  /// A structure without a name.
  public Type struct(List<Type> elements, boolean packed) {
    try (Arena arena = Arena.ofConfined()) {
      return new Type(
          module,
          CORE.LLVMStructTypeInContext(
              module.context().ref(), refs(arena, elements), elements.size(), packed));
    }
  }

  /// A function type with no further arguments.
  public Type function(Type result, List<Type> parameters) {
    try (Arena arena = Arena.ofConfined()) {
      return new Type(
          module,
          CORE.LLVMFunctionType(result.ref(), refs(arena, parameters), parameters.size(), false));
    }
  }

  private static MemorySegment refs(Arena arena, List<Type> types) {
    MemorySegment refs = arena.allocate(ValueLayout.JAVA_LONG, Math.max(1, types.size()));
    for (int i = 0; i < types.size(); i++) {
      refs.setAtIndex(ValueLayout.JAVA_LONG, i, types.get(i).ref());
    }
    return refs;
  }
}
