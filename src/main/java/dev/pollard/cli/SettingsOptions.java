package dev.pollard.cli;

import dev.pollard.config.Setting;
import dev.pollard.config.SettingsLayer;
import dev.pollard.config.SettingsLayer.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options by which the command line says what a prune may do.
final class SettingsOptions {
  @Option(
      names = "--effort",
      paramLabel = "fast|default|max",
      description = "how much time a prune may take")
  private Optional<String> effort = Optional.empty();

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description = "the time that --effort max may take, such as 10m; by default 20m")
  private Optional<String> time = Optional.empty();

  @Option(
      names = "--for",
      paramLabel = "GOAL",
      description =
          "what the build is for: flash, stack, wasm-gzip, wasm-brotli or speed; "
              + "by default the profile's opt-level decides")
  private Optional<String> goal = Optional.empty();

  @Option(
      names = "--resumed-panics",
      paramLabel = "MODE",
      description =
          "what becomes of panics for a future polled after it ended: shared (one for the program), "
              + "trap, pending or keep")
  private Optional<String> resumedPanics = Optional.empty();

  @Option(
      names = "--panics",
      paramLabel = "MODE",
      description = "what becomes of all other panics: keep, no-location or trap")
  private Optional<String> panics = Optional.empty();

  @Option(
      names = "--keep",
      paramLabel = "REGEX",
      description = "leave functions alone whose name matches; repeatable")
  private List<String> keep = new ArrayList<>();

  @Option(
      names = "--disable-pass",
      paramLabel = "NAME",
      description = "switch a pass off; repeatable (pollard opt --list names them)")
  private List<String> disabled = new ArrayList<>();

  @Option(
      names = "--deny-fallback",
      description = "fail when an artifact cannot be pruned and stays stock")
  private boolean denyFallback;

  @Option(
      names = "--repro",
      paramLabel = "FILE",
      description = "pack here what is needed to see the prune again, however it ends")
  private Optional<Path> repro = Optional.empty();

  @Option(names = "--workers", paramLabel = "N", description = "worker processes at once")
  private Optional<String> workers = Optional.empty();

  @Option(
      names = "--memory-limit",
      paramLabel = "SIZE",
      description = "what one worker may use, such as 2G")
  private Optional<String> memoryLimit = Optional.empty();

  @Option(
      names = "--time-limit",
      paramLabel = "TIME",
      description = "what one request to a worker may take, such as 10m")
  private Optional<String> timeLimit = Optional.empty();

  /// What was given, as a layer over all others.
  ///
  /// @param verbose whether cargo's own `--verbose` is there, which is Pollard's as well
  SettingsLayer layer(boolean verbose) {
    var values = new EnumMap<Setting, List<Value>>(Setting.class);
    put(values, Setting.EFFORT, "--effort", effort);
    put(values, Setting.TIME, "--time", time);
    put(values, Setting.FOR, "--for", goal);
    put(values, Setting.RESUMED_PANICS, "--resumed-panics", resumedPanics);
    put(values, Setting.PANICS, "--panics", panics);
    put(values, Setting.REPRO, "--repro", repro.map(f -> f.toAbsolutePath().toString()));
    put(values, Setting.WORKERS, "--workers", workers);
    put(values, Setting.MEMORY_LIMIT, "--memory-limit", memoryLimit);
    put(values, Setting.TIME_LIMIT, "--time-limit", timeLimit);
    values.put(Setting.KEEP, keep.stream().map(k -> new Value(k, "--keep")).toList());
    values.put(
        Setting.DISABLE, disabled.stream().map(d -> new Value(d, "--disable-pass")).toList());
    if (denyFallback) {
      values.put(Setting.DENY_FALLBACK, List.of(new Value("true", "--deny-fallback")));
    }
    if (verbose) {
      values.put(Setting.VERBOSE, List.of(new Value("true", "--verbose")));
    }
    return new SettingsLayer(values);
  }

  private static void put(
      Map<Setting, List<Value>> values, Setting setting, String option, Optional<String> text) {
    values.put(setting, text.map(t -> List.of(new Value(t, option))).orElse(List.of()));
  }
}
