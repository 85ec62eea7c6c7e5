package dev.pollard.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Everything a prune is asked for, after the command line, the environment and
/// `[package.metadata.pollard]` were merged.
///
/// @param effort how much time the prune may take
/// @param time the same as a time, for effort `max`; empty: as long as it pays, up to 20 minutes
/// @param goal what the build is for; empty: the profile's `opt-level` decides
/// @param resumedPanics what becomes of resumed-after-completion panics
/// @param panics what becomes of all other panics
/// @param keep functions whose demangled name matches one of these are left as rustc made them
/// @param disabledPasses names of passes that are switched off
/// @param workers worker processes at once, at least 1
/// @param memoryLimit bytes that one worker may use, heap and LLVM together
/// @param timeLimit the longest one worker request may take
/// @param denyFallback whether a fallback to stock is an error
/// @param repro where to pack what is needed to see a prune again
/// @param verbose whether to say more of what is done
public record Settings(
    Effort effort,
    Optional<Duration> time,
    Optional<Goal> goal,
    ResumedPanics resumedPanics,
    Panics panics,
    List<Pattern> keep,
    Set<String> disabledPasses,
    int workers,
    long memoryLimit,
    Duration timeLimit,
    boolean denyFallback,
    Optional<Path> repro,
    boolean verbose) {
  public Settings {
    keep = List.copyOf(keep);
    disabledPasses = Set.copyOf(disabledPasses);
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be at least 1, not " + workers);
    }
    if (memoryLimit < 1) {
      throw new IllegalArgumentException("memoryLimit must be positive, not " + memoryLimit);
    }
  }

  /// The settings of a build that says nothing.
  public static Settings defaults() {
    return new Settings(
        Effort.DEFAULT,
        Optional.empty(),
        Optional.empty(),
        ResumedPanics.SHARED,
        Panics.KEEP,
        List.of(),
        Set.of(),
        Math.max(1, Runtime.getRuntime().availableProcessors()),
        2L << 30,
        Duration.ofMinutes(10),
        false,
        Optional.empty(),
        false);
  }

  /// A time such as `90s`, `10m` or `1h`.
  ///
  /// @throws SettingsException when it is none
  public static Duration time(SettingsLayer.Value value) throws SettingsException {
    return SettingsParser.time(value);
  }

  /// Reads bytes such as `48K` or `2M`.
  ///
  /// @throws SettingsException when it is no such size
  public static long size(SettingsLayer.Value value) throws SettingsException {
    return SettingsParser.size(value, "is not a size such as 48K or 2M");
  }

  /// The settings that `layer` says; what it does not mention has its default.
  ///
  /// @throws SettingsException for the first value that is wrong
  public static Settings of(SettingsLayer layer) throws SettingsException {
    return SettingsParser.parse(layer);
  }
}
