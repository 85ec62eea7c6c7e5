package dev.pollard.llvm;

import static dev.pollard.llvm.capi.PassBuilder.PASS_BUILDER;

import java.util.OptionalInt;

/// How LLVM's pass builder is tuned, beside the pipeline's own text.
///
/// @param verifyEach whether LLVM verifies after each of its passes (slow)
/// @param mergeFunctions whether pipelines end with merge-functions
/// @param speed whether loops are unrolled, interleaved and vectorised, as rustc does at 2 and 3
/// @param vectorizeSlp whether straight-line code is vectorised, as rustc does at 3
/// @param inlineThreshold the inliner's threshold instead of the level's own
public record RunOptions(
    boolean verifyEach,
    boolean mergeFunctions,
    boolean speed,
    boolean vectorizeSlp,
    OptionalInt inlineThreshold) {
  /// As rustc runs its pipelines at `s` and `z`.
  public static final RunOptions SIZE =
      new RunOptions(false, true, false, false, OptionalInt.empty());

  /// As rustc runs its pipelines at 2.
  public static final RunOptions SPEED =
      new RunOptions(false, true, true, false, OptionalInt.empty());

  /// As rustc runs its pipelines at 3.
  public static final RunOptions MORE_SPEED =
      new RunOptions(false, true, true, true, OptionalInt.empty());

  /// These with or without merge-functions.
  public RunOptions withMergeFunctions(boolean merge) {
    return new RunOptions(verifyEach, merge, speed, vectorizeSlp, inlineThreshold);
  }

  /// These with another inline threshold. It binds `default<…>` pipelines; for `lto<…>` the
  /// process-wide `-inline-threshold` or per-function attributes decide.
  public RunOptions withInlineThreshold(int threshold) {
    return new RunOptions(
        verifyEach, mergeFunctions, speed, vectorizeSlp, OptionalInt.of(threshold));
  }

  /// These with LLVM's verifier after each of its passes.
  public RunOptions withVerifyEach(boolean verify) {
    return new RunOptions(verify, mergeFunctions, speed, vectorizeSlp, inlineThreshold);
  }

  long create() {
    long options = PASS_BUILDER.LLVMCreatePassBuilderOptions();
    PASS_BUILDER.LLVMPassBuilderOptionsSetVerifyEach(options, verifyEach);
    PASS_BUILDER.LLVMPassBuilderOptionsSetMergeFunctions(options, mergeFunctions);
    PASS_BUILDER.LLVMPassBuilderOptionsSetLoopInterleaving(options, speed);
    PASS_BUILDER.LLVMPassBuilderOptionsSetLoopUnrolling(options, speed);
    PASS_BUILDER.LLVMPassBuilderOptionsSetLoopVectorization(options, speed);
    PASS_BUILDER.LLVMPassBuilderOptionsSetSLPVectorization(options, vectorizeSlp);
    inlineThreshold.ifPresent(
        t -> PASS_BUILDER.LLVMPassBuilderOptionsSetInlinerThreshold(options, t));
    return options;
  }
}
