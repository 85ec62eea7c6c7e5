package dev.pollard.inspect;

/// A stretch of the file's flash that has one owner.
///
/// @param address where it runs; in a wasm module the offset in the code section, for code, and in
///   the file for the rest
/// @param size bytes, more than 0
/// @param section the index among the sections of the inspection
/// @param symbol the index among its symbols, -1 for none
/// @param node the place in the tree of inlined functions, -1 when debug info does not say; of
///   outlined code the place of a call
public record Piece(long address, long size, int section, Kind kind, int symbol, int node) {
  /// What a piece is.
  public enum Kind {
    /// Machine code of a function.
    CODE("code"),
    /// Code that LLVM's outliner took out of several functions, charged to those that call it.
    OUTLINED("outlined code"),
    /// Literal pools and jump tables among the code of a function.
    LITERALS("literals in code"),
    /// What is read and never written.
    CONSTANT("constants"),
    /// The first values of what is written.
    DATA("initialised data"),
    /// Tables for the linker, the loader and the unwinder; headers of a module.
    TABLE("tables"),
    /// Between two functions, to align the second.
    PADDING("padding"),
    /// Custom sections of a wasm module: names, debug info.
    CUSTOM("custom sections"),
    /// Bytes in a section of code that no symbol and no debug info explains.
    UNATTRIBUTED("unattributed");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /// As people read it.
    public String text() {
      return text;
    }
  }
}
