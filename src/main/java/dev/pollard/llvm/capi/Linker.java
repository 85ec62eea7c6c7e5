package dev.pollard.llvm.capi;

/// `llvm-c/Linker.h`: links modules.
public interface Linker {
  /// Calls into the loaded library.
  Linker LINKER = Binder.bind(Linker.class);

  // LLVMBool LLVMLinkModules2(LLVMModuleRef Dest, LLVMModuleRef Src) -- consumes Src
  boolean LLVMLinkModules2(long destination, long source);
}
