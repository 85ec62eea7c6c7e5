package dev.pollard.analysis;

import dev.pollard.llvm.Context;
import dev.pollard.llvm.Function;
import dev.pollard.llvm.LlvmException;
import dev.pollard.llvm.Module;
import java.util.OptionalLong;

/// What the bits of the attributes `memory(…)` and `captures(…)` mean. LLVM's C library gives them
/// as bare numbers whose layout changes between versions, so it is asked by example.
///
/// @param argumentRead memory that arguments point to is read
/// @param argumentWrite it is written
/// @param inaccessible memory that this module cannot name is read or written
/// @param anyRead some memory is read
/// @param anyWrite some memory is written
/// @param returned what a pointer may lend to the returned value
/// @param address what is captured when the address is, and the right to access is not
public record AttributeBits(
    long argumentRead,
    long argumentWrite,
    long inaccessible,
    long anyRead,
    long anyWrite,
    long returned,
    long address) {
  private static final String EXAMPLES =
      """
      declare void @argument_read() memory(argmem: read)
      declare void @argument_write() memory(argmem: write)
      declare void @inaccessible() memory(inaccessiblemem: readwrite)
      declare void @read() memory(read)
      declare void @write() memory(write)
      declare ptr @returned(ptr captures(ret: address, provenance))
      declare void @address(ptr captures(address))
      """;

  /// Reads the examples in `context`.
  ///
  /// @throws LlvmException when this LLVM spells the attributes differently
  public static AttributeBits of(Context context) {
    try (Module module = context.parseText(EXAMPLES, "attributes")) {
      return new AttributeBits(
          memory(module, "argument_read"),
          memory(module, "argument_write"),
          memory(module, "inaccessible"),
          memory(module, "read"),
          memory(module, "write"),
          captures(module, "returned"),
          captures(module, "address"));
    }
  }

  private static long memory(Module module, String function) {
    return value(module, function, dev.pollard.llvm.Attributes.FUNCTION, "memory");
  }

  private static long captures(Module module, String function) {
    return value(module, function, 1, "captures");
  }

  private static long value(Module module, String name, int index, String attribute) {
    Function function =
        module.function(name).orElseThrow(() -> new LlvmException("no function " + name));
    OptionalLong value = function.attributes(index).value(attribute);
    return value.orElseThrow(() -> new LlvmException("no attribute " + attribute));
  }
}
