package dev.pollard.toolchain;

import java.nio.file.Path;

/// One rustc and what comes with it.
///
/// @param rustc the compiler itself, not a rustup proxy
/// @param release as `rustc -vV` prints it, such as `1.95.0`
/// @param commitHash as `rustc -vV` prints it
/// @param host the host triple
/// @param llvmVersion as `rustc -vV` prints it, such as `22.1.2`
/// @param sysroot as `rustc --print sysroot` prints it
/// @param libLlvm the library that this rustc itself loads, by absolute path
public record Toolchain(
    Path rustc,
    String release,
    String commitHash,
    String host,
    String llvmVersion,
    Path sysroot,
    Path libLlvm) {}
