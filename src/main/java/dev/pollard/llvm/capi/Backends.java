package dev.pollard.llvm.capi;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;

/// The `LLVMInitialize<Backend>…` functions of `llvm-c/Target.h`: five per back end, all `void
/// (void)`.
public final class Backends {
  private Backends() {}

  /// Makes `backend` (such as `ARM`) usable; the assembly parser too, because firmware has inline
  /// assembly. Returns false when the loaded library was built without it.
  @SuppressWarnings("restricted")
  public static boolean initialize(String backend) {
    if (!NativeLibrary.exports("LLVMInitialize" + backend + "Target")) {
      return false;
    }
    for (String part :
        new String[] {"TargetInfo", "Target", "TargetMC", "AsmPrinter", "AsmParser"}) {
      String name = "LLVMInitialize" + backend + part;
      if (NativeLibrary.exports(name)) {
        try {
          Linker.nativeLinker()
              .downcallHandle(NativeLibrary.symbol(name), FunctionDescriptor.ofVoid())
              .invokeExact();
        } catch (Throwable e) {
          throw new IllegalStateException(name + " failed", e);
        }
      }
    }
    return true;
  }
}
