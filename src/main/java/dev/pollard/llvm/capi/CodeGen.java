package dev.pollard.llvm.capi;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.OptionalLong;

/// Two C++ entry points of `llvm/CodeGen/CommandFlags.h`, exported by every shared libLLVM seen:
/// the C functions cannot ask for function sections, trap-unreachable and the like.
///
/// `Expected<std::unique_ptr<T>>` is no trivial type, so C++ returns it through a hidden pointer. A
/// C structure of more than 16 bytes travels the same way on x86-64 (in `rdi`) and on AArch64 (in
/// `x8`), so the result is declared as one of 24 bytes. `StringRef` is two words and goes as a
/// structure by value.
public final class CodeGen {
  private static final String REGISTER = "_ZN4llvm7codegen20RegisterCodeGenFlagsC1Ev";
  private static final String CREATE =
      "_ZN4llvm7codegen28createTargetMachineForTripleENS_9StringRefENS_15CodeGenOptLevelE";

  private static final StructLayout STRING_REF =
      MemoryLayout.structLayout(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
  private static final StructLayout EXPECTED =
      MemoryLayout.structLayout(
          ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);

  private CodeGen() {}

  /// Whether the loaded library exports both entry points.
  public static boolean available() {
    return NativeLibrary.exports(REGISTER) && NativeLibrary.exports(CREATE);
  }

  /// `llvm::codegen::RegisterCodeGenFlags::RegisterCodeGenFlags()`: registers the flags of `llc`.
  /// Once per process, before any option is parsed.
  @SuppressWarnings("restricted")
  public static void registerFlags() {
    // The object is empty; a zeroed block is more than it needs.
    MemorySegment self = Arena.global().allocate(64, 16);
    try {
      Linker.nativeLinker()
          .downcallHandle(
              NativeLibrary.symbol(REGISTER), FunctionDescriptor.ofVoid(ValueLayout.ADDRESS))
          .invokeExact(self);
    } catch (Throwable e) {
      throw new IllegalStateException(REGISTER + " failed", e);
    }
  }

  /// `llvm::codegen::createTargetMachineForTriple(StringRef, CodeGenOptLevel)`: a target machine
  /// with every flag that was parsed. Empty when there is no such target.
  ///
  /// @param level 0 to 3, as in `-O0` to `-O3` of `llc`
  @SuppressWarnings("restricted")
  public static OptionalLong createTargetMachine(String triple, int level) {
    MethodHandle create =
        Linker.nativeLinker()
            .downcallHandle(
                NativeLibrary.symbol(CREATE),
                FunctionDescriptor.of(EXPECTED, STRING_REF, ValueLayout.JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(triple);
      MemorySegment reference = arena.allocate(STRING_REF);
      reference.set(ValueLayout.ADDRESS, 0, text);
      reference.set(ValueLayout.JAVA_LONG, 8, text.byteSize() - 1);
      MemorySegment result =
          (MemorySegment) create.invokeExact((SegmentAllocator) arena, reference, level);
      boolean failed = (result.get(ValueLayout.JAVA_BYTE, 8) & 1) != 0;
      long machine = result.get(ValueLayout.JAVA_LONG, 0);
      return failed || machine == 0 ? OptionalLong.empty() : OptionalLong.of(machine);
    } catch (Throwable e) {
      throw new IllegalStateException(CREATE + " failed", e);
    }
  }
}
