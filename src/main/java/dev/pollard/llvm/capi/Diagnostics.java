package dev.pollard.llvm.capi;

import static dev.pollard.llvm.capi.Core.CORE;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// The one upcall: LLVM's diagnostics. Without a handler LLVM prints errors and ends the process.
public final class Diagnostics {
  /// `LLVMDSError`.
  public static final int ERROR = 0;

  /// `LLVMDSWarning`.
  public static final int WARNING = 1;

  /// Hears one diagnostic. Must not throw: an exception in an upcall ends the process.
  @FunctionalInterface
  public interface Listener {
    /// Hears one.
    ///
    /// @param severity [#ERROR], [#WARNING], or more
    /// @param text LLVM's words
    void onDiagnostic(int severity, String text);
  }

  private static final MethodHandle HANDLE = handle();

  private Diagnostics() {}

  /// Lets `listener` hear the diagnostics of `context` for as long as `arena` lives.
  @SuppressWarnings("restricted") // the upcall stub
  public static void install(long context, Arena arena, Listener listener) {
    MemorySegment stub =
        Linker.nativeLinker()
            .upcallStub(
                HANDLE.bindTo(listener),
                FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG),
                arena);
    CORE.LLVMContextSetDiagnosticHandler(context, stub, MemorySegment.NULL);
  }

  @SuppressWarnings("UnusedMethod") // found by name below
  private static void hear(Listener listener, long diagnostic, long unused) {
    listener.onDiagnostic(
        CORE.LLVMGetDiagInfoSeverity(diagnostic),
        CString.take(CORE.LLVMGetDiagInfoDescription(diagnostic)));
  }

  private static MethodHandle handle() {
    try {
      return MethodHandles.lookup()
          .findStatic(
              Diagnostics.class,
              "hear",
              MethodType.methodType(void.class, Listener.class, long.class, long.class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
