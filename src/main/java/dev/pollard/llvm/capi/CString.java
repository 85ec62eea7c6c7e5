package dev.pollard.llvm.capi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.function.ToLongFunction;

/// Copies what LLVM points to. What LLVM allocated for the caller is freed here and nowhere else.
public final class CString {
  private CString() {}

  /// Copies the zero-terminated string at `address`; empty when it is 0. LLVM keeps the original.
  public static String copy(long address) {
    return address == 0 ? "" : at(address, Long.MAX_VALUE).getString(0);
  }

  /// Copies `length` bytes at `address` as text; empty when it is 0. LLVM keeps the original.
  public static String copy(long address, long length) {
    return new String(bytes(address, length), StandardCharsets.UTF_8);
  }

  /// Copies the text of a function that returns its address and writes its length; empty when the
  /// address is 0. LLVM keeps the original.
  ///
  /// @param call takes where the length goes (`size_t *`)
  public static String copy(ToLongFunction<MemorySegment> call) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment length = arena.allocate(ValueLayout.JAVA_LONG);
      long text = call.applyAsLong(length);
      return copy(text, length.get(ValueLayout.JAVA_LONG, 0));
    }
  }

  /// Copies `length` bytes at `address`; none when it is 0. LLVM keeps the original.
  public static byte[] bytes(long address, long length) {
    return at(address, address == 0 ? 0 : length).toArray(ValueLayout.JAVA_BYTE);
  }

  /// Copies `count` C `unsigned` at `address`. LLVM keeps the original.
  public static int[] ints(long address, int count) {
    return at(address, 4L * count).toArray(ValueLayout.JAVA_INT);
  }

  /// Copies a message that the caller owns, and frees it.
  public static String take(long address) {
    if (address == 0) {
      return "";
    }
    String text = copy(address);
    Core.CORE.LLVMDisposeMessage(address);
    return text;
  }

  /// Copies the message of an `LLVMErrorRef` and consumes it; empty when `error` is 0 (success).
  public static String takeError(long error) {
    if (error == 0) {
      return "";
    }
    long message = Errors.ERRORS.LLVMGetErrorMessage(error);
    String text = copy(message);
    Errors.ERRORS.LLVMDisposeErrorMessage(message);
    return text.isEmpty() ? "unknown error" : text;
  }

  @SuppressWarnings("restricted") // the size of what LLVM points to is LLVM's to say
  private static MemorySegment at(long address, long length) {
    return MemorySegment.ofAddress(address).reinterpret(length);
  }
}
