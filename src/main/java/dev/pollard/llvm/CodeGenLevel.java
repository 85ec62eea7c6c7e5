package dev.pollard.llvm;

import java.util.Locale;

/// How hard LLVM works at code generation; the order is that of `LLVMCodeGenOptLevel`.
public enum CodeGenLevel {
  NONE,
  LESS,
  DEFAULT,
  AGGRESSIVE;

  /// The level that rustc uses for an `opt-level`: `0`, `1`, `2`, `3`, `s` or `z`.
  public static CodeGenLevel ofOptLevel(String optLevel) {
    return switch (optLevel) {
      case "0" -> NONE;
      case "1" -> LESS;
      case "3" -> AGGRESSIVE;
      default -> DEFAULT;
    };
  }

  /// As files and people spell it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
