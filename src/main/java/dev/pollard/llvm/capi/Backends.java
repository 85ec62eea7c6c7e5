package dev.pollard.llvm.capi;

/// The `LLVMInitialize<Backend>…` functions of `llvm-c/Target.h`: five per back end, all `void
/// (void)`.
public final class Backends {
  private Backends() {}

  /// Makes `backend` (such as `ARM`) usable; the assembly parser too, because firmware has inline
  /// assembly. Returns false when the loaded library was built without it.
  public static boolean initialize(String backend) {
    if (!NativeLibrary.exports("LLVMInitialize" + backend + "Target")) {
      return false;
    }
    for (String part :
        new String[] {"TargetInfo", "Target", "TargetMC", "AsmPrinter", "AsmParser"}) {
      String name = "LLVMInitialize" + backend + part;
      if (NativeLibrary.exports(name)) {
        NativeLibrary.call(name);
      }
    }
    return true;
  }
}
