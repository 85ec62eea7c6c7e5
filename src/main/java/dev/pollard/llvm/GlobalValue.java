package dev.pollard.llvm;

import static dev.pollard.llvm.capi.Core.CORE;

import dev.pollard.llvm.capi.CString;
import java.lang.foreign.Arena;

/// What has a symbol: functions, variables, aliases.
@SuppressWarnings("EnumOrdinal") // the orders are those of the C enumerations
public sealed interface GlobalValue extends Value permits Function, GlobalVariable, GlobalAlias {
  /// Linkage; the order is that of `LLVMLinkage`.
  enum Linkage {
    EXTERNAL,
    AVAILABLE_EXTERNALLY,
    LINK_ONCE_ANY,
    LINK_ONCE_ODR,
    LINK_ONCE_ODR_AUTO_HIDE,
    WEAK_ANY,
    WEAK_ODR,
    APPENDING,
    INTERNAL,
    PRIVATE,
    DLL_IMPORT,
    DLL_EXPORT,
    EXTERNAL_WEAK,
    GHOST,
    COMMON,
    LINKER_PRIVATE,
    LINKER_PRIVATE_WEAK;

    private static final Linkage[] VALUES = values();
  }

  /// Visibility; the order is that of `LLVMVisibility`.
  enum Visibility {
    DEFAULT,
    HIDDEN,
    PROTECTED;

    private static final Visibility[] VALUES = values();
  }

  /// Whether the address matters; the order is that of `LLVMUnnamedAddr`.
  enum UnnamedAddress {
    /// It does.
    NONE,
    /// Not within this module.
    LOCAL,
    /// It does not.
    GLOBAL;

    private static final UnnamedAddress[] VALUES = values();
  }

  /// Whether it is defined elsewhere.
  default boolean isDeclaration() {
    return CORE.LLVMIsDeclaration(ref());
  }

  /// Its linkage.
  default Linkage linkage() {
    return Linkage.VALUES[CORE.LLVMGetLinkage(ref())];
  }

  /// Whether no other module can see it.
  default boolean isLocal() {
    Linkage linkage = linkage();
    return linkage == Linkage.INTERNAL || linkage == Linkage.PRIVATE;
  }

  /// Changes its linkage.
  default void setLinkage(Linkage linkage) {
    CORE.LLVMSetLinkage(ref(), linkage.ordinal());
  }

  /// Its visibility.
  default Visibility visibility() {
    return Visibility.VALUES[CORE.LLVMGetVisibility(ref())];
  }

  /// Changes its visibility.
  default void setVisibility(Visibility visibility) {
    CORE.LLVMSetVisibility(ref(), visibility.ordinal());
  }

  /// Whether its address matters.
  default UnnamedAddress unnamedAddress() {
    return UnnamedAddress.VALUES[CORE.LLVMGetUnnamedAddress(ref())];
  }

  /// Changes whether its address matters.
  default void setUnnamedAddress(UnnamedAddress address) {
    CORE.LLVMSetUnnamedAddress(ref(), address.ordinal());
  }

  /// The section it asks for; empty when it asks for none.
  default String section() {
    return CString.copy(CORE.LLVMGetSection(ref()));
  }

  /// Asks for a section; the empty string takes the wish back.
  default void setSection(String section) {
    try (Arena arena = Arena.ofConfined()) {
      CORE.LLVMSetSection(ref(), arena.allocateFrom(section));
    }
  }

  /// Its alignment in bytes; 0 for the target's own.
  default int alignment() {
    return CORE.LLVMGetAlignment(ref());
  }

  /// Changes its alignment in bytes, a power of two.
  default void setAlignment(int bytes) {
    CORE.LLVMSetAlignment(ref(), bytes);
  }

  /// The type behind the pointer: of a function its function type.
  default Type valueType() {
    return new Type(module(), CORE.LLVMGlobalGetValueType(ref()));
  }

  /// Whether it belongs to a comdat group.
  default boolean hasComdat() {
    return !(this instanceof GlobalAlias) && CORE.LLVMGetComdat(ref()) != 0;
  }
}
