package dev.pollard.worker;

import dev.pollard.capture.TargetSpec;
import dev.pollard.capture.TargetSpec.FramePointers;
import dev.pollard.capture.TargetSpec.MergeFunctions;
import java.util.List;

/// A target for tests of workers.
final class TestTarget {
  /// x86-64 Linux, much as rustc has it.
  static final TargetSpec HOST =
      new TargetSpec(
          "x86_64-unknown-linux-gnu",
          "linux",
          "x86-64",
          "",
          "pic",
          "",
          true,
          true,
          true,
          FramePointers.TARGET_DEFAULT,
          MergeFunctions.ALIASES,
          true,
          true,
          true,
          "",
          "",
          false,
          "posix",
          false,
          false,
          false,
          List.of());

  private TestTarget() {}
}
