package dev.pollard.fuzz;

import java.util.List;

/// SplitMix64: what a seed gives is the same on every machine and with every JDK.
final class Rng {
  private static final long STEP = 0x9e3779b97f4a7c15L;

  private long state;

  Rng(long seed) {
    state = seed;
  }

  /// The seed of number `n` of what is made from `seed`.
  static long seed(long seed, long n) {
    return new Rng(seed ^ mix((n + 1) * STEP)).next();
  }

  long next() {
    state += STEP;
    return mix(state);
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /// From 0 up to `bound`, without it.
  int below(int bound) {
    return (int) Long.remainderUnsigned(next(), bound);
  }

  /// From `low` to `high`, both included.
  int from(int low, int high) {
    return low + below(high - low + 1);
  }

  /// True once in so many times.
  boolean onceIn(int times) {
    return below(times) == 0;
  }

  <T> T pick(List<T> choices) {
    return choices.get(below(choices.size()));
  }
}
