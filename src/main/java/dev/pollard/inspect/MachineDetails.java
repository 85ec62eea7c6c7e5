package dev.pollard.inspect;

/// More of what one machine costs; see [MachineCost] for its code.
///
/// @param constantBytes constants that its code uses, its part of those that others use too; in
///   none of the sums of [MachineCost]
/// @param retainedBytes code that would go with it: its own, and machines and functions that are
///   reached through it alone. Calls in registers are not known: what only they reach counts to
///   nobody
/// @param resumedPanics calls of the panics for a future that is polled after it ended
/// @param resumedBytes code on the rows of the line table that those calls are in
public record MachineDetails(
    long constantBytes, long retainedBytes, int resumedPanics, long resumedBytes) {
  static final MachineDetails NONE = new MachineDetails(0, 0, 0, 0);
}
