package dev.pollard.pass;

import dev.pollard.capture.TargetSpec;
import dev.pollard.config.Panics;
import dev.pollard.config.ResumedPanics;
import dev.pollard.config.Settings;
import dev.pollard.pass.inlining.InlineDecisions;

/// What passes are asked for.
///
/// @param resumedPanics what becomes of resumed-after-completion panics
/// @param panics what becomes of all other panics
/// @param framePointers who wants frame pointers
/// @param firmware whether the program runs without an operating system
/// @param shortensCalls whether the linker may be left to make calls shorter
/// @param keep functions that are left alone
/// @param inlining what was decided about single calls, for `inline-decisions`
public record PassOptions(
    ResumedPanics resumedPanics,
    Panics panics,
    TargetSpec.FramePointers framePointers,
    boolean firmware,
    boolean shortensCalls,
    KeepList keep,
    InlineDecisions inlining) {
  /// For a build: what the settings and the target say.
  public static PassOptions of(Settings settings, TargetSpec target) {
    return new PassOptions(
        settings.resumedPanics(),
        settings.panics(),
        target.framePointers(),
        target.os().equals("none") && !target.triple().startsWith("wasm"),
        target.shortensCalls(),
        new KeepList(settings.keep()),
        InlineDecisions.NONE);
  }

  /// For one module without a build: firmware by its triple, everything else by default.
  public static PassOptions of(String triple) {
    return new PassOptions(
        ResumedPanics.SHARED,
        Panics.KEEP,
        TargetSpec.FramePointers.TARGET_DEFAULT,
        triple.contains("-none-") && !triple.startsWith("wasm"),
        triple.startsWith("riscv"),
        KeepList.NOTHING,
        InlineDecisions.NONE);
  }

  /// These with another mode for resumed panics.
  public PassOptions with(ResumedPanics mode) {
    return new PassOptions(mode, panics, framePointers, firmware, shortensCalls, keep, inlining);
  }

  /// These with another mode for all other panics.
  public PassOptions with(Panics mode) {
    return new PassOptions(
        resumedPanics, mode, framePointers, firmware, shortensCalls, keep, inlining);
  }

  /// These with other frame pointers.
  public PassOptions with(TargetSpec.FramePointers pointers) {
    return new PassOptions(
        resumedPanics, panics, pointers, firmware, shortensCalls, keep, inlining);
  }

  /// These with another list of what is left alone.
  public PassOptions with(KeepList kept) {
    return new PassOptions(
        resumedPanics, panics, framePointers, firmware, shortensCalls, kept, inlining);
  }

  /// These with other decisions about calls.
  public PassOptions with(InlineDecisions decisions) {
    return new PassOptions(
        resumedPanics, panics, framePointers, firmware, shortensCalls, keep, decisions);
  }
}
