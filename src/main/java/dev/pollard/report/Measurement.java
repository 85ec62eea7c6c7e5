package dev.pollard.report;

import dev.pollard.size.ArtifactSizes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/// What one artifact, stock or pruned, takes. All values are bytes.
///
/// @param flash what must be stored: `llvm-size`'s text + data; for wasm the file's size
/// @param ram data and bss without a linker script's stack and heap regions
/// @param gzip the file after gzip at level 9; for wasm alone
/// @param brotli the file after brotli at quality 11; for wasm alone
/// @param largestPollFrame the largest of `pollFrames`, 0 when there are none
/// @param pollFrames from a machine's name to the stack frame of its poll function
/// @param deepestPollPath the deepest static stack path from a poll function
public record Measurement(
    long flash,
    long ram,
    long text,
    long rodata,
    long data,
    long bss,
    OptionalLong gzip,
    OptionalLong brotli,
    long largestPollFrame,
    Map<String, Long> pollFrames,
    long deepestPollPath) {
  public Measurement {
    pollFrames = Collections.unmodifiableMap(new LinkedHashMap<>(pollFrames));
  }

  /// Joins what the sections say with what the poll functions' code says.
  public static Measurement of(
      ArtifactSizes sizes, Map<String, Long> pollFrames, long deepestPollPath) {
    return new Measurement(
        sizes.flash(),
        sizes.ram(),
        sizes.text(),
        sizes.rodata(),
        sizes.data(),
        sizes.bss(),
        sizes.gzip(),
        sizes.brotli(),
        pollFrames.values().stream().mapToLong(Long::longValue).max().orElse(0),
        pollFrames,
        deepestPollPath);
  }
}
