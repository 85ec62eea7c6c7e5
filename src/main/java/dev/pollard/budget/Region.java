package dev.pollard.budget;

/// A stretch of memory.
///
/// @param name as linker scripts call it, such as `FLASH`
/// @param origin its first address
/// @param length bytes
public record Region(String name, long origin, long length) {
  /// Whether an address lies in it.
  public boolean contains(long address) {
    return Long.compareUnsigned(address, origin) >= 0
        && Long.compareUnsigned(address - origin, length) < 0;
  }
}
