package dev.pollard.capture;

import dev.pollard.toolchain.Toolchain;

/// Hears of a final rustc call while rustc still runs, from another thread: what is done then costs
/// no time later.
public interface CaptureListener {
  /// One who need not know.
  CaptureListener NONE =
      new CaptureListener() {
        @Override
        public void expect(Toolchain toolchain, TargetSpec target) {}

        @Override
        public void begin(EarlyCapture early) {}
      };

  /// What the bitcode will be for. Not called when that cannot be told.
  void expect(Toolchain toolchain, TargetSpec target);

  /// The bitcode is there. Called after [#expect], or not at all.
  void begin(EarlyCapture early);
}
