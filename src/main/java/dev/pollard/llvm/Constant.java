package dev.pollard.llvm;

import static dev.pollard.llvm.capi.Core.CORE;

import dev.pollard.llvm.capi.CString;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// A constant that is neither an integer nor a global value: expressions, aggregates, null, undef.
public record Constant(Module module, long ref) implements Value {
  private static final int CONSTANT_EXPRESSION = 10;
  private static final int DATA_ARRAY = 16;

  /// A constant array of `i8`.
  public static Value bytes(Module module, byte[] bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(Math.max(1, bytes.length));
      MemorySegment.copy(bytes, 0, text, ValueLayout.JAVA_BYTE, 0, bytes.length);
      return Value.of(
          module, CORE.LLVMConstStringInContext(module.context().ref(), text, bytes.length, true));
    }
  }

  /// A constant structure without a name.
  public static Value struct(Module module, List<? extends Value> elements, boolean packed) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment refs = arena.allocate(ValueLayout.JAVA_LONG, Math.max(1, elements.size()));
      for (int i = 0; i < elements.size(); i++) {
        refs.setAtIndex(ValueLayout.JAVA_LONG, i, elements.get(i).ref());
      }
      return Value.of(
          module,
          CORE.LLVMConstStructInContext(module.context().ref(), refs, elements.size(), packed));
    }
  }

  /// A constant array of elements of one type.
  public static Value array(Type element, List<? extends Value> elements) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment refs = arena.allocate(ValueLayout.JAVA_LONG, Math.max(1, elements.size()));
      for (int i = 0; i < elements.size(); i++) {
        refs.setAtIndex(ValueLayout.JAVA_LONG, i, elements.get(i).ref());
      }
      return Value.of(element.module(), CORE.LLVMConstArray2(element.ref(), refs, elements.size()));
    }
  }

  /// Whether it is a constant expression.
  public boolean isExpression() {
    return CORE.LLVMGetValueKind(ref) == CONSTANT_EXPRESSION;
  }

  /// The operation of a constant expression.
  public Opcode opcode() {
    return Opcode.of(CORE.LLVMGetConstOpcode(ref));
  }

  /// The element type that a constant `getelementptr` steps over.
  public Type gepSourceType() {
    return new Type(module, CORE.LLVMGetGEPSourceElementType(ref));
  }

  /// An element of an aggregate; empty beyond its end.
  public Optional<Value> element(int index) {
    long element = CORE.LLVMGetAggregateElement(ref, index);
    return element == 0 ? Optional.empty() : Optional.of(Value.of(module, element));
  }

  /// The bytes of a constant array of `i8`, as Latin-1; empty when it is none.
  public Optional<String> bytes() {
    // LLVM's own test casts without looking: on another kind of constant it reads what is not
    // there.
    if (CORE.LLVMGetValueKind(ref) != DATA_ARRAY || !CORE.LLVMIsConstantString(ref)) {
      return Optional.empty();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment length = arena.allocate(ValueLayout.JAVA_LONG);
      long text = CORE.LLVMGetAsString(ref, length);
      return Optional.of(
          new String(
              CString.bytes(text, length.get(ValueLayout.JAVA_LONG, 0)),
              StandardCharsets.ISO_8859_1));
    }
  }
}
