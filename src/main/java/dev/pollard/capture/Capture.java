package dev.pollard.capture;

import dev.pollard.toolchain.Toolchain;
import java.nio.file.Path;
import java.time.Duration;

/// What one final rustc call left: everything that a prune needs, and the stock artifact.
///
/// All paths but `link`'s own inputs lie in `directory`, which is Pollard's to delete; nothing
/// there is needed once the prune is over.
///
/// @param name the artifact's name as cargo calls it: `mini-redis-server`, a library's `my_crate`,
///   a test's `my_crate-0123456789abcdef`
/// @param toolchain the rustc that ran
/// @param target how it generates code
/// @param optLevel `-C opt-level`: `2`, `3`, `s` or `z`
/// @param panicAbort whether `-C panic=abort` holds
/// @param debugInfo whether the linked artifact keeps debug info (not stripped at link)
/// @param directory a private folder for intermediate files, on the artifact's file system
/// @param bitcode the whole program after restriction, before rustc's LTO passes
/// @param optimised the whole program after rustc's LTO passes, from which it emitted the object
/// @param stockObject the object that rustc's LTO emitted
/// @param stockArtifact the artifact that rustc linked from `stockObject`
/// @param askedArtifact the artifact as cargo asked for it, the one a pruned one must beat:
///   `stockArtifact` itself, but for a cdylib beside an rlib, which cargo builds without LTO
/// @param link how `stockArtifact` was linked
/// @param rustcTime how long the final rustc call took for itself
/// @param besideTime how much longer it took for what else was done beside it
public record Capture(
    String name,
    Toolchain toolchain,
    TargetSpec target,
    String optLevel,
    boolean panicAbort,
    boolean debugInfo,
    Path directory,
    Path bitcode,
    Path optimised,
    Path stockObject,
    Path stockArtifact,
    Path askedArtifact,
    LinkCommand link,
    Duration rustcTime,
    Duration besideTime) {}
