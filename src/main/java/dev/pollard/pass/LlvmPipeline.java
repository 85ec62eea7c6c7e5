package dev.pollard.pass;

import dev.pollard.llvm.RunOptions;

/// LLVM's own passes, spelled as for `opt -passes=`. Its count is how many instructions are gone,
/// and at least 1: LLVM does not say whether anything changed.
///
/// @param pipeline the text for LLVM's pass builder
/// @param options how the pass builder is tuned
public record LlvmPipeline(PassInfo info, String pipeline, RunOptions options) implements Pass {}
