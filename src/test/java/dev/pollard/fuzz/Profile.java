package dev.pollard.fuzz;

import java.util.List;

/// How a crate is built.
///
/// @param target what for
/// @param level `z`, `s` or `3`
/// @param unwinds whether panics unwind
/// @param debug whether there is debug info
/// @param effort `fast` or `default`
record Profile(Target target, String level, boolean unwinds, boolean debug, String effort) {
  /// The profile of a crate's seed.
  static Profile of(Target target, long seed) {
    var rng = new Rng(~seed);
    return new Profile(
        target,
        rng.pick(List.of("z", "z", "s", "3")),
        target.isHost() && !rng.onceIn(3),
        rng.onceIn(4),
        rng.pick(List.of("fast", "fast", "default")));
  }

  @Override
  public String toString() {
    return "%s, opt-level %s, panic %s, debug %s, effort %s"
        .formatted(
            target.isHost() ? "host" : target.triple(),
            level,
            unwinds ? "unwind" : "abort",
            debug ? "on" : "off",
            effort);
  }
}
