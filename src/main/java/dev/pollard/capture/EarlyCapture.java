package dev.pollard.capture;

import dev.pollard.toolchain.Toolchain;
import java.nio.file.Path;

/// What is known of a final rustc call as soon as rustc has written the whole program's bitcode:
/// rustc itself goes on with its own LTO passes, code generation and link.
///
/// @param toolchain the rustc that runs
/// @param target how it generates code
/// @param optLevel `-C opt-level`: `2`, `3`, `s` or `z`
/// @param panicAbort whether `-C panic=abort` holds
/// @param debugInfo as [Capture#debugInfo]
/// @param bitcode the whole program after restriction; perhaps not yet written to its end
/// @param bitcodeSize its size in bytes when it was seen: another size later means that it was seen
///   too early
public record EarlyCapture(
    Toolchain toolchain,
    TargetSpec target,
    String optLevel,
    boolean panicAbort,
    boolean debugInfo,
    Path bitcode,
    long bitcodeSize) {}
