package dev.pollard.llvm;

import static dev.pollard.llvm.capi.Analysis.ANALYSIS;
import static dev.pollard.llvm.capi.BitWriter.BIT_WRITER;
import static dev.pollard.llvm.capi.Core.CORE;
import static dev.pollard.llvm.capi.DebugInfo.DEBUG_INFO;
import static dev.pollard.llvm.capi.PassBuilder.PASS_BUILDER;

import dev.pollard.llvm.capi.Analysis;
import dev.pollard.llvm.capi.CString;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Optional;

/// Owns one LLVM module. Every value of it holds it, and is dead once it is closed.
public final class Module implements AutoCloseable {
  private final Context context;
  private final long ref;
  private final DataLayout layout;
  private final Types types;
  private final Intrinsics intrinsics;
  private boolean open = true;

  Module(Context context, long ref) {
    this.context = context;
    this.ref = ref;
    this.layout = new DataLayout(this);
    this.types = new Types(this);
    this.intrinsics = new Intrinsics(this);
  }

  /// The context that owns types and constants.
  public Context context() {
    return context;
  }

  /// Sizes and offsets of types on this module's target.
  public DataLayout layout() {
    return layout;
  }

  /// Makes types.
  public Types types() {
    return types;
  }

  /// Makes and recognises intrinsics.
  public Intrinsics intrinsics() {
    return intrinsics;
  }

  /// The functions in order. The one at hand may be deleted.
  public Iterable<Function> functions() {
    return Chain.of(
        CORE.LLVMGetFirstFunction(ref()), CORE::LLVMGetNextFunction, r -> new Function(this, r));
  }

  /// The global variables in order. The one at hand may be deleted.
  public Iterable<GlobalVariable> globals() {
    return Chain.of(
        CORE.LLVMGetFirstGlobal(ref()), CORE::LLVMGetNextGlobal, r -> new GlobalVariable(this, r));
  }

  /// The aliases in order. The one at hand may be deleted.
  public Iterable<GlobalAlias> aliases() {
    return Chain.of(
        CORE.LLVMGetFirstGlobalAlias(ref()),
        CORE::LLVMGetNextGlobalAlias,
        r -> new GlobalAlias(this, r));
  }

  /// The function of that symbol name.
  public Optional<Function> function(String name) {
    try (Arena arena = Arena.ofConfined()) {
      long found = CORE.LLVMGetNamedFunction(ref(), arena.allocateFrom(name));
      return found == 0 ? Optional.empty() : Optional.of(new Function(this, found));
    }
  }

  /// The global variable of that symbol name.
  public Optional<GlobalVariable> global(String name) {
    try (Arena arena = Arena.ofConfined()) {
      long found = CORE.LLVMGetNamedGlobal(ref(), arena.allocateFrom(name));
      return found == 0 ? Optional.empty() : Optional.of(new GlobalVariable(this, found));
    }
  }

  /// Adds a declaration; LLVM makes the name unique by a suffix when it is taken.
  public Function addFunction(String name, Type functionType) {
    try (Arena arena = Arena.ofConfined()) {
      return new Function(
          this, CORE.LLVMAddFunction(ref(), arena.allocateFrom(name), functionType.ref()));
    }
  }

  /// Adds a global variable without an initializer.
  public GlobalVariable addGlobal(String name, Type type) {
    try (Arena arena = Arena.ofConfined()) {
      return new GlobalVariable(
          this, CORE.LLVMAddGlobal(ref(), type.ref(), arena.allocateFrom(name)));
    }
  }

  /// The target triple.
  public String triple() {
    return CString.copy(CORE.LLVMGetTarget(ref()));
  }

  /// The number of instructions of all functions.
  public long instructionCount() {
    long count = 0;
    for (Function function : functions()) {
      for (BasicBlock block : function.blocks()) {
        for (Instruction _ : block.instructions()) {
          count++;
        }
      }
    }
    return count;
  }

  /// Runs LLVM passes, given as for `opt -passes=`.
  ///
  /// @throws LlvmException when the pipeline is not valid, or a pass reports an error
  public void run(String pipeline, RunOptions options, Optional<TargetMachine> machine) {
    long settings = options.create();
    try (Arena arena = Arena.ofConfined()) {
      String error =
          CString.takeError(
              PASS_BUILDER.LLVMRunPasses(
                  ref(),
                  arena.allocateFrom(pipeline),
                  machine.map(TargetMachine::ref).orElse(0L),
                  settings));
      if (!error.isEmpty()) {
        throw new LlvmException("cannot run " + pipeline + ": " + error);
      }
    } finally {
      PASS_BUILDER.LLVMDisposePassBuilderOptions(settings);
    }
    context.throwErrors(pipeline);
  }

  /// What LLVM's verifier finds wrong; empty when all is well.
  public Optional<String> verify() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG);
      boolean broken = ANALYSIS.LLVMVerifyModule(ref(), Analysis.LLVMReturnStatusAction, out);
      String message = CString.take(out.get(ValueLayout.JAVA_LONG, 0));
      return broken ? Optional.of(message.strip()) : Optional.empty();
    }
  }

  /// A copy in the same context.
  public Module copy() {
    return new Module(context, CORE.LLVMCloneModule(ref()));
  }

  /// Removes debug info; whether there was any.
  public boolean stripDebugInfo() {
    return DEBUG_INFO.LLVMStripModuleDebugInfo(ref());
  }

  /// The module as text.
  public String print() {
    return CString.take(CORE.LLVMPrintModuleToString(ref()));
  }

  /// Writes bitcode.
  ///
  /// @throws LlvmException when the file cannot be written
  public void writeBitcode(Path file) {
    try (Arena arena = Arena.ofConfined()) {
      if (BIT_WRITER.LLVMWriteBitcodeToFile(ref(), arena.allocateFrom(file.toString())) != 0) {
        throw new LlvmException("cannot write " + file);
      }
    }
  }

  /// The bitcode, for hashing and for handing to another process.
  public byte[] bitcode() {
    long buffer = BIT_WRITER.LLVMWriteBitcodeToMemoryBuffer(ref());
    try {
      return CString.bytes(CORE.LLVMGetBufferStart(buffer), CORE.LLVMGetBufferSize(buffer));
    } finally {
      CORE.LLVMDisposeMemoryBuffer(buffer);
    }
  }

  /// The C library's reference.
  long ref() {
    if (!open) {
      throw new IllegalStateException("the module is closed");
    }
    return ref;
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      CORE.LLVMDisposeModule(ref);
    }
  }
}
