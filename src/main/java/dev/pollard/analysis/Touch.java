package dev.pollard.analysis;

import dev.pollard.llvm.Instruction;
import java.util.OptionalLong;

/// How one operand of an instruction bears on the memory of one object.
///
/// @param instruction who touches
/// @param operand the operand that points there
/// @param kind what it does
/// @param offset bytes from the object's start; empty when they are not known
/// @param length how many bytes at most; empty when that is not known
/// @param capture what becomes of the pointer
public record Touch(
    Instruction instruction,
    int operand,
    Kind kind,
    OptionalLong offset,
    OptionalLong length,
    Capture capture) {
  /// What is done to the memory.
  public enum Kind {
    /// It may be read.
    READ,
    /// It may be written.
    WRITE,
    /// It may be read and written.
    READ_WRITE,
    /// Its lifetime starts.
    START,
    /// Its lifetime ends.
    END,
    /// Nothing: the pointer is looked at.
    NONE
  }

  /// Whether it may read.
  public boolean reads() {
    return kind == Kind.READ || kind == Kind.READ_WRITE;
  }

  /// Whether it may write.
  public boolean writes() {
    return kind == Kind.WRITE || kind == Kind.READ_WRITE;
  }

  /// Whether it is a lifetime marker.
  public boolean isMarker() {
    return kind == Kind.START || kind == Kind.END;
  }

  /// Whether the touched bytes are known exactly enough to name them.
  public boolean isExact() {
    return offset.isPresent() && length.isPresent();
  }

  /// Whether it may touch a byte from `from` up to `to`, both counted from the object's start.
  public boolean overlaps(long from, long to) {
    return offset.isEmpty()
        || (offset.getAsLong() < to
            && (length.isEmpty() || offset.getAsLong() + length.getAsLong() > from));
  }
}
