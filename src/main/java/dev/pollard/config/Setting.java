package dev.pollard.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Every setting, by the key that it has in `[package.metadata.pollard]`. The command line spells
/// it `--key`, the environment as [#variable] has it.
public enum Setting {
  EFFORT(Kind.TEXT, true),
  TIME(Kind.TEXT, true),
  FOR(Kind.TEXT, true),
  RESUMED_PANICS(Kind.TEXT, true),
  PANICS(Kind.TEXT, true),
  KEEP(Kind.LIST, true),
  DISABLE(Kind.LIST, true),
  DENY_FALLBACK(Kind.SWITCH, false),
  REPRO(Kind.PATH, false),
  WORKERS(Kind.TEXT, false),
  MEMORY_LIMIT(Kind.TEXT, false),
  TIME_LIMIT(Kind.TEXT, false),
  VERBOSE(Kind.SWITCH, false);

  /// What a value looks like.
  enum Kind {
    TEXT,
    SWITCH,
    /// A file, relative to where it is written.
    PATH,
    /// Several texts; those of all layers count.
    LIST
  }

  private final Kind kind;
  private final boolean changesArtifact;

  Setting(Kind kind, boolean changesArtifact) {
    this.kind = kind;
    this.changesArtifact = changesArtifact;
  }

  Kind kind() {
    return kind;
  }

  /// Whether another value makes another artifact, so that cargo must build it again.
  public boolean changesArtifact() {
    return changesArtifact;
  }

  /// The key in a manifest.
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The environment variable; a list has one value per line.
  public String variable() {
    return "POLLARD_" + name();
  }

  /// The setting of a key.
  public static Optional<Setting> ofKey(String key) {
    return Arrays.stream(values()).filter(s -> s.key().equals(key)).findFirst();
  }
}
