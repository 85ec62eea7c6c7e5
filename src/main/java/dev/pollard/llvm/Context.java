package dev.pollard.llvm;

import static dev.pollard.llvm.capi.BitReader.BIT_READER;
import static dev.pollard.llvm.capi.Core.CORE;
import static dev.pollard.llvm.capi.IRReader.IR_READER;
import static dev.pollard.llvm.capi.Linker.LINKER;

import dev.pollard.llvm.capi.CString;
import dev.pollard.llvm.capi.Diagnostics;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Owns an LLVM context: types, constants and metadata of its modules. Belongs to the thread that
/// made it. Close its modules first.
public final class Context implements AutoCloseable {
  private static final String CANNOT_PARSE = "cannot parse ";

  private final Arena arena = Arena.ofConfined();
  private final long ref;
  private final List<String> errors = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private boolean open = true;

  /// A new context of the library that [LibLlvm#start] loaded.
  public Context() {
    ref = CORE.LLVMContextCreate();
    Diagnostics.install(ref, arena, this::onDiagnostic);
  }

  /// Reads bitcode or text from a file.
  ///
  /// @throws LlvmException when the file cannot be read or is not valid
  public Module parse(Path file) {
    return parse(buffer(file), file.toString());
  }

  /// Reads of a whole program's bitcode what others see and what that reaches, as rustc's own LTO
  /// reads a crate: function bodies that nobody asks for stay in the file. Of a small program's 7.6
  /// MB, which hold all of `core`, a tenth is read, in a sixth of the time.
  ///
  /// @throws LlvmException when the file cannot be read, or what is read is not valid
  public Module parseReached(Path file) {
    long buffer = buffer(file);
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment out = scratch.allocate(ValueLayout.JAVA_LONG);
      if (BIT_READER.LLVMGetBitcodeModuleInContext2(ref(), buffer, out)) {
        CORE.LLVMDisposeMemoryBuffer(buffer);
        throwErrors(CANNOT_PARSE + file);
        throw new LlvmException(CANNOT_PARSE + file);
      }
      long lazy = out.get(ValueLayout.JAVA_LONG, 0);
      String source = CString.copy(length -> CORE.LLVMGetSourceFileName(lazy, length));
      long linked =
          CORE.LLVMModuleCreateWithNameInContext(scratch.allocateFrom(file.toString()), ref());
      MemorySegment name = scratch.allocateFrom(source);
      CORE.LLVMSetSourceFileName(linked, name, name.byteSize() - 1);
      boolean failed = LINKER.LLVMLinkModules2(linked, lazy);
      Module module = new Module(this, linked);
      if (failed || !errors.isEmpty()) {
        module.close();
        throwErrors(CANNOT_PARSE + file);
        throw new LlvmException(CANNOT_PARSE + file);
      }
      return module;
    }
  }

  private static long buffer(Path file) {
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment out = scratch.allocate(ValueLayout.JAVA_LONG);
      MemorySegment message = scratch.allocate(ValueLayout.JAVA_LONG);
      if (CORE.LLVMCreateMemoryBufferWithContentsOfFile(
          scratch.allocateFrom(file.toString()), out, message)) {
        throw new LlvmException(
            "cannot read " + file + ": " + CString.take(message.get(ValueLayout.JAVA_LONG, 0)));
      }
      return out.get(ValueLayout.JAVA_LONG, 0);
    }
  }

  /// Reads textual IR.
  ///
  /// @throws LlvmException when it is not valid
  public Module parseText(String ir, String name) {
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment text = scratch.allocateFrom(ir);
      return parse(
          CORE.LLVMCreateMemoryBufferWithMemoryRangeCopy(
              text, text.byteSize() - 1, scratch.allocateFrom(name)),
          name);
    }
  }

  private Module parse(long buffer, String name) {
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment out = scratch.allocate(ValueLayout.JAVA_LONG);
      MemorySegment message = scratch.allocate(ValueLayout.JAVA_LONG);
      if (IR_READER.LLVMParseIRInContext(ref(), buffer, out, message)) {
        String said = CString.take(message.get(ValueLayout.JAVA_LONG, 0)).strip();
        throw new LlvmException(
            CANNOT_PARSE + (said.startsWith(name + ":") ? said : name + ": " + said));
      }
      throwErrors(CANNOT_PARSE + name);
      return new Module(this, out.get(ValueLayout.JAVA_LONG, 0));
    }
  }

  /// Throws when LLVM reported errors since the last call, for example for inline assembly that
  /// does not assemble.
  ///
  /// @param what what was tried
  void throwErrors(String what) {
    if (!errors.isEmpty()) {
      String message = what + ": " + String.join("; ", errors);
      errors.clear();
      throw new LlvmException(message);
    }
  }

  /// The warnings that LLVM gave so far.
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /// The identity of a metadata kind, such as `range`, in this context.
  public int metadataKind(String name) {
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment text = scratch.allocateFrom(name);
      return CORE.LLVMGetMDKindIDInContext(ref(), text, (int) text.byteSize() - 1);
    }
  }

  long ref() {
    if (!open) {
      throw new IllegalStateException("the context is closed");
    }
    return ref;
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      CORE.LLVMContextDispose(ref);
      arena.close();
    }
  }

  private void onDiagnostic(int severity, String text) {
    if (severity == Diagnostics.ERROR) {
      errors.add(text);
    } else if (severity == Diagnostics.WARNING) {
      warnings.add(text);
    }
  }
}
