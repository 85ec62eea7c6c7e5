package dev.pollard.cargo;

import java.util.Locale;

/// The cargo subcommands that Pollard drives.
public enum Subcommand {
  BUILD("release", "--release"),
  RUN("release", "--release"),
  TEST("release", "--release"),
  BENCH("bench", ""),
  INSTALL("release", "");

  private final String profile;
  private final String flag;

  Subcommand(String profile, String flag) {
    this.profile = profile;
    this.flag = flag;
  }

  /// As cargo spells it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The profile when the command line names none.
  String defaultProfile() {
    return profile;
  }

  /// The flag that asks cargo for that profile; empty where cargo takes it of itself.
  String defaultFlag() {
    return flag;
  }

  /// Whether stdout is a program's own, so that only stderr is Pollard's.
  public boolean runsPrograms() {
    return switch (this) {
      case RUN, TEST, BENCH -> true;
      case BUILD, INSTALL -> false;
    };
  }
}
