package dev.pollard.object.elf;

/// One program header of an ELF file.
///
/// @param type a `PT_` value
/// @param flags `PF_` bits
/// @param offset where its bytes start in the file
/// @param virtualAddress where it runs
/// @param physicalAddress where it is stored: flash, for firmware
/// @param fileSize bytes in the file
/// @param memorySize bytes in memory
/// @param alignment bytes
public record ElfSegment(
    long type,
    long flags,
    long offset,
    long virtualAddress,
    long physicalAddress,
    long fileSize,
    long memorySize,
    long alignment) {
  public static final long PT_LOAD = 1;
  public static final long PT_DYNAMIC = 2;
  public static final long PT_INTERP = 3;
  public static final long PT_TLS = 7;
}
