package dev.pollard.llvm;

import static dev.pollard.llvm.capi.Core.CORE;

import dev.pollard.llvm.capi.CString;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The attributes of a function or of a call, at one index.
///
/// @param owner a [Function], or an [Instruction] that is a call
/// @param index [#RETURN], [#FUNCTION], or 1 + the parameter
public record Attributes(Value owner, int index) {
  /// Of what is returned.
  public static final int RETURN = 0;

  /// Of the function or the call itself.
  public static final int FUNCTION = -1;

  private static final Map<String, Integer> KINDS = new ConcurrentHashMap<>();

  /// Whether the enum attribute `name`, such as `noinline`, is there.
  public boolean has(String name) {
    return find(name) != 0;
  }

  /// The value of the enum attribute `name`, such as `dereferenceable`.
  public OptionalLong value(String name) {
    long attribute = find(name);
    return attribute == 0
        ? OptionalLong.empty()
        : OptionalLong.of(CORE.LLVMGetEnumAttributeValue(attribute));
  }

  /// The value of the string attribute `key`, such as `target-cpu`.
  public Optional<String> string(String key) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(key);
      int length = (int) text.byteSize() - 1;
      long attribute =
          isCall()
              ? CORE.LLVMGetCallSiteStringAttribute(owner.ref(), index, text, length)
              : CORE.LLVMGetStringAttributeAtIndex(owner.ref(), index, text, length);
      if (attribute == 0) {
        return Optional.empty();
      }
      MemorySegment size = arena.allocate(ValueLayout.JAVA_INT);
      long value = CORE.LLVMGetStringAttributeValue(attribute, size);
      return Optional.of(CString.copy(value, size.get(ValueLayout.JAVA_INT, 0)));
    }
  }

  /// Adds the enum attribute `name`.
  public void add(String name) {
    add(name, 0);
  }

  /// Adds the enum attribute `name` with a value.
  public void add(String name, long value) {
    addRef(CORE.LLVMCreateEnumAttribute(owner.module().context().ref(), kind(name), value));
  }

  /// Sets the string attribute `key`.
  public void set(String key, String value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment k = arena.allocateFrom(key);
      MemorySegment v = arena.allocateFrom(value);
      addRef(
          CORE.LLVMCreateStringAttribute(
              owner.module().context().ref(),
              k,
              (int) k.byteSize() - 1,
              v,
              (int) v.byteSize() - 1));
    }
  }

  /// Removes the enum attribute `name`.
  public void remove(String name) {
    removeKind(kind(name));
  }

  /// Removes every enum attribute but those named.
  public void removeAllBut(Set<String> names) {
    for (long attribute : refs()) {
      if (!CORE.LLVMIsStringAttribute(attribute)) {
        int kind = CORE.LLVMGetEnumAttributeKind(attribute);
        if (names.stream().noneMatch(n -> kind(n) == kind)) {
          removeKind(kind);
        }
      }
    }
  }

  /// Removes the string attribute `key`.
  public void unset(String key) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(key);
      int length = (int) text.byteSize() - 1;
      if (isCall()) {
        CORE.LLVMRemoveCallSiteStringAttribute(owner.ref(), index, text, length);
      } else {
        CORE.LLVMRemoveStringAttributeAtIndex(owner.ref(), index, text, length);
      }
    }
  }

  /// Adds every attribute that `other` has; same index kinds, same module.
  public void addAll(Attributes other) {
    for (long attribute : other.refs()) {
      addRef(attribute);
    }
  }

  /// Numbers that are equal where attributes are: LLVM keeps each attribute once per context.
  public List<Long> identities() {
    return refs();
  }

  private List<Long> refs() {
    int count =
        isCall()
            ? CORE.LLVMGetCallSiteAttributeCount(owner.ref(), index)
            : CORE.LLVMGetAttributeCountAtIndex(owner.ref(), index);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG, Math.max(1, count));
      if (isCall()) {
        CORE.LLVMGetCallSiteAttributes(owner.ref(), index, out);
      } else {
        CORE.LLVMGetAttributesAtIndex(owner.ref(), index, out);
      }
      List<Long> refs = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        refs.add(out.getAtIndex(ValueLayout.JAVA_LONG, i));
      }
      return refs;
    }
  }

  private void removeKind(int kind) {
    if (isCall()) {
      CORE.LLVMRemoveCallSiteEnumAttribute(owner.ref(), index, kind);
    } else {
      CORE.LLVMRemoveEnumAttributeAtIndex(owner.ref(), index, kind);
    }
  }

  private long find(String name) {
    return isCall()
        ? CORE.LLVMGetCallSiteEnumAttribute(owner.ref(), index, kind(name))
        : CORE.LLVMGetEnumAttributeAtIndex(owner.ref(), index, kind(name));
  }

  private void addRef(long attribute) {
    if (isCall()) {
      CORE.LLVMAddCallSiteAttribute(owner.ref(), index, attribute);
    } else {
      CORE.LLVMAddAttributeAtIndex(owner.ref(), index, attribute);
    }
  }

  private boolean isCall() {
    return owner instanceof Instruction;
  }

  private static int kind(String name) {
    return KINDS.computeIfAbsent(
        name,
        n -> {
          try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(n);
            int kind = CORE.LLVMGetEnumAttributeKindForName(text, text.byteSize() - 1);
            if (kind == 0) {
              throw new IllegalArgumentException("LLVM knows no attribute " + n);
            }
            return kind;
          }
        });
  }
}
