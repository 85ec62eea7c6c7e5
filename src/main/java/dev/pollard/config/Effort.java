package dev.pollard.config;

/// How much time a prune may add to the final rustc call.
public enum Effort {
  /// At most as long again as the final rustc call.
  FAST,
  /// At most twice the final rustc call.
  DEFAULT,
  /// As long as it pays.
  MAX
}
