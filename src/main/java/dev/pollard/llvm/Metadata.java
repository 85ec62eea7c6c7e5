package dev.pollard.llvm;

import static dev.pollard.llvm.capi.Core.CORE;
import static dev.pollard.llvm.capi.DebugInfo.DEBUG_INFO;

import dev.pollard.llvm.capi.CString;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A metadata node, such as a location or a subprogram of debug info.
///
/// @param module a module of the context that owns it
/// @param ref the C library's `LLVMMetadataRef`
public record Metadata(Module module, long ref) {
  static Optional<Metadata> optional(Module module, long ref) {
    return ref == 0 ? Optional.empty() : Optional.of(new Metadata(module, ref));
  }

  /// It as a value; a call may pass it.
  public Value asValue() {
    return Value.of(module, CORE.LLVMMetadataAsValue(module.context().ref(), ref));
  }

  /// Its operands; empty ones are missing operands.
  public List<Optional<Value>> operands() {
    long value = asValue().ref();
    int count = CORE.LLVMGetMDNodeNumOperands(value);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG, Math.max(1, count));
      CORE.LLVMGetMDNodeOperands(value, out);
      List<Optional<Value>> operands = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        long operand = out.getAtIndex(ValueLayout.JAVA_LONG, i);
        operands.add(operand == 0 ? Optional.empty() : Optional.of(Value.of(module, operand)));
      }
      return operands;
    }
  }

  /// The text of a metadata string given as a value; empty when it is none.
  public static Optional<String> string(Value metadataAsValue) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment length = arena.allocate(ValueLayout.JAVA_LONG);
      long text = CORE.LLVMGetMDString(metadataAsValue.ref(), length);
      return text == 0
          ? Optional.empty()
          : Optional.of(CString.copy(text, length.get(ValueLayout.JAVA_INT, 0)));
    }
  }

  /// The line of a location; 0 for none.
  public int line() {
    return DEBUG_INFO.LLVMDILocationGetLine(ref);
  }

  /// The column of a location; 0 for none.
  public int column() {
    return DEBUG_INFO.LLVMDILocationGetColumn(ref);
  }

  /// The scope of a location.
  public Metadata scope() {
    return new Metadata(module, DEBUG_INFO.LLVMDILocationGetScope(ref));
  }

  /// The call site that a location was inlined into.
  public Optional<Metadata> inlinedAt() {
    return optional(module, DEBUG_INFO.LLVMDILocationGetInlinedAt(ref));
  }

  /// The file name of a scope; empty when it has no file.
  public String fileName() {
    return fileText(false);
  }

  /// The folder of a scope's file; empty when it has no file.
  public String directory() {
    return fileText(true);
  }

  /// The line of a subprogram.
  public int subprogramLine() {
    return DEBUG_INFO.LLVMDISubprogramGetLine(ref);
  }

  private String fileText(boolean directory) {
    long file = DEBUG_INFO.LLVMDIScopeGetFile(ref);
    if (file == 0) {
      return "";
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment length = arena.allocate(ValueLayout.JAVA_LONG);
      long text =
          directory
              ? DEBUG_INFO.LLVMDIFileGetDirectory(file, length)
              : DEBUG_INFO.LLVMDIFileGetFilename(file, length);
      return CString.copy(text, length.get(ValueLayout.JAVA_INT, 0));
    }
  }
}
