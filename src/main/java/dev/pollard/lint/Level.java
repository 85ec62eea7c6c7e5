package dev.pollard.lint;

import java.util.Locale;

/// How much a finding matters, the least first.
public enum Level {
  /// Worth knowing; whether to change it is a matter of design.
  NOTE,
  /// There is a better way to write it.
  WARN;

  /// As the command line has it.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
