package dev.pollard.llvm;

import static dev.pollard.llvm.capi.Core.CORE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/// Makes and recognises intrinsics of one module.
public final class Intrinsics {
  private final Module module;

  Intrinsics(Module module) {
    this.module = module;
  }

  /// LLVM's number of an intrinsic, such as `llvm.trap`; 0 when there is none of that name.
  public static int id(String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(name);
      return CORE.LLVMLookupIntrinsicID(text, text.byteSize() - 1);
    }
  }

  /// The declaration of an intrinsic for these overloaded types.
  ///
  /// @throws IllegalArgumentException when LLVM knows no such intrinsic
  public Function declare(String name, Type... overloads) {
    return declare(name, List.of(overloads));
  }

  /// The declaration of an intrinsic for these overloaded types.
  ///
  /// @throws IllegalArgumentException when LLVM knows no such intrinsic
  public Function declare(String name, List<Type> overloads) {
    int id = id(name);
    if (id == 0) {
      throw new IllegalArgumentException("LLVM knows no intrinsic " + name);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment types = arena.allocate(ValueLayout.JAVA_LONG, Math.max(1, overloads.size()));
      for (int i = 0; i < overloads.size(); i++) {
        types.setAtIndex(ValueLayout.JAVA_LONG, i, overloads.get(i).ref());
      }
      return new Function(
          module, CORE.LLVMGetIntrinsicDeclaration(module.ref(), id, types, overloads.size()));
    }
  }
}
