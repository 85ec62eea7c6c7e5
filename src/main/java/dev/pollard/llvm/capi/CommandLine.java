package dev.pollard.llvm.capi;

/// A C++ entry point of `llvm/Support/CommandLine.h`: the C functions can set options, and cannot
/// take them back.
public final class CommandLine {
  private static final String RESET = "_ZN4llvm2cl25ResetAllOptionOccurrencesEv";

  private CommandLine() {}

  /// Whether the loaded library exports it.
  public static boolean available() {
    return NativeLibrary.exports(RESET);
  }

  /// `llvm::cl::ResetAllOptionOccurrences()`: every option is as if it had never been parsed.
  public static void resetAllOptionOccurrences() {
    NativeLibrary.call(RESET);
  }
}
