package dev.pollard.capture;

import dev.pollard.toolchain.Toolchain;

/// Hears of a final rustc call while rustc still runs, from another thread: what is done then costs
/// no time later.
public interface CaptureListener {
  /// What the bitcode will be for. Not called when that cannot be told.
  default void expect(Toolchain toolchain, TargetSpec target) {}

  /// The bitcode is there. Called after [#expect], or not at all.
  default void begin(EarlyCapture early) {}
}
