package dev.pollard.capture;

import dev.pollard.toolchain.Toolchain;
import java.nio.file.Path;
import java.time.Duration;

/// What one final rustc call left: everything that a prune needs, and the stock artifact.
///
/// @param name the crate's name, as the report calls the artifact
/// @param toolchain the rustc that ran
/// @param target how it generates code
/// @param optLevel `-C opt-level`: `0`, `1`, `2`, `3`, `s` or `z`
/// @param panicAbort whether `-C panic=abort` holds
/// @param debugInfo whether the linked artifact keeps debug info (not stripped at link)
/// @param directory a private folder for intermediate files, on the artifact's file system
/// @param bitcode the whole program after restriction, before rustc's LTO passes
/// @param stockObject the object that rustc's LTO emitted
/// @param stockArtifact the artifact that rustc linked
/// @param link how it was linked
/// @param rustcTime how long the final rustc call took
public record Capture(
    String name,
    Toolchain toolchain,
    TargetSpec target,
    String optLevel,
    boolean panicAbort,
    boolean debugInfo,
    Path directory,
    Path bitcode,
    Path stockObject,
    Path stockArtifact,
    LinkCommand link,
    Duration rustcTime) {}
