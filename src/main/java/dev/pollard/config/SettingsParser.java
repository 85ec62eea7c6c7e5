package dev.pollard.config;

import dev.pollard.config.SettingsLayer.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/// From texts to [Settings]: the one place that knows what each setting may be.
final class SettingsParser {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*([kKmMgGtT]?)(?:i?[bB])?");
  private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*(s|m|min|h|)");

  private final SettingsLayer layer;

  private SettingsParser(SettingsLayer layer) {
    this.layer = layer;
  }

  static Settings parse(SettingsLayer layer) throws SettingsException {
    var parser = new SettingsParser(layer);
    var defaults = Settings.defaults();
    return new Settings(
        parser.choice(Setting.EFFORT, Effort.class).orElse(defaults.effort()),
        parser.time(Setting.TIME),
        parser.choice(Setting.FOR, Goal.class),
        parser.choice(Setting.RESUMED_PANICS, ResumedPanics.class).orElse(defaults.resumedPanics()),
        parser.choice(Setting.PANICS, Panics.class).orElse(defaults.panics()),
        parser.patterns(),
        parser.names(),
        parser.workers().orElse(defaults.workers()),
        parser.memory().orElse(defaults.memoryLimit()),
        parser.time(Setting.TIME_LIMIT).orElse(defaults.timeLimit()),
        parser.isOn(Setting.DENY_FALLBACK),
        layer.one(Setting.REPRO).map(v -> Path.of(v.text())),
        parser.isOn(Setting.VERBOSE));
  }

  private <E extends Enum<E>> Optional<E> choice(Setting setting, Class<E> type)
      throws SettingsException {
    var value = layer.one(setting);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    for (var constant : type.getEnumConstants()) {
      if (spelled(constant).equals(value.get().text())) {
        return Optional.of(constant);
      }
    }
    var choices =
        Arrays.stream(type.getEnumConstants())
            .map(SettingsParser::spelled)
            .collect(Collectors.joining(", "));
    throw wrong(value.get(), "is not one of " + choices);
  }

  static String spelled(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private boolean isOn(Setting setting) throws SettingsException {
    var value = layer.one(setting);
    if (value.isEmpty()) {
      return false;
    }
    return switch (value.get().text().toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes", "on" -> true;
      case "false", "0", "no", "off" -> false;
      default -> throw wrong(value.get(), "is neither true nor false");
    };
  }

  private List<Pattern> patterns() throws SettingsException {
    var patterns = new ArrayList<Pattern>();
    for (var value : layer.list(Setting.KEEP)) {
      try {
        patterns.add(Pattern.compile(value.text()));
      } catch (PatternSyntaxException e) {
        throw wrong(value, "is not a regular expression: " + e.getDescription());
      }
    }
    return patterns;
  }

  private Set<String> names() throws SettingsException {
    var names = new LinkedHashSet<String>();
    for (var value : layer.list(Setting.DISABLE)) {
      if (!value.text().matches("[a-z0-9]+(-[a-z0-9]+)*")) {
        throw wrong(value, "is not the name of a pass");
      }
      names.add(value.text());
    }
    return names;
  }

  private Optional<Integer> workers() throws SettingsException {
    var value = layer.one(Setting.WORKERS);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!value.get().text().matches("[1-9]\\d{0,3}")) {
      throw wrong(value.get(), "is not a number of processes from 1 on");
    }
    return Optional.of(Integer.valueOf(value.get().text()));
  }

  private Optional<Long> memory() throws SettingsException {
    var value = layer.one(Setting.MEMORY_LIMIT);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    long bytes = size(value.get(), "is not a size such as 512M or 2G");
    if (bytes < 1L << 20) {
      throw wrong(value.get(), "is less than 1M");
    }
    return Optional.of(bytes);
  }

  /// Bytes; a unit is 1024 of the next smaller one.
  ///
  /// @param otherwise what is said of a text that is no size
  static long size(Value value, String otherwise) throws SettingsException {
    var size = match(SIZE, value, otherwise);
    long unit =
        switch (size.group(2).toLowerCase(Locale.ROOT)) {
          case "k" -> 1L << 10;
          case "m" -> 1L << 20;
          case "g" -> 1L << 30;
          case "t" -> 1L << 40;
          default -> 1;
        };
    try {
      return Math.multiplyExact(Long.parseLong(size.group(1)), unit);
    } catch (ArithmeticException e) {
      throw wrong(value, "is more than there can be");
    }
  }

  private Optional<Duration> time(Setting setting) throws SettingsException {
    var value = layer.one(setting);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(time(value.get()));
  }

  static Duration time(Value value) throws SettingsException {
    var time = match(TIME, value, "is not a time such as 90s, 10m or 1h");
    long count = Long.parseLong(time.group(1));
    var duration =
        switch (time.group(2)) {
          case "m", "min" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofSeconds(count);
        };
    if (duration.isZero()) {
      throw wrong(value, "is no time at all");
    }
    return duration;
  }

  private static Matcher match(Pattern pattern, Value value, String otherwise)
      throws SettingsException {
    var matcher = pattern.matcher(value.text());
    if (!matcher.matches()) {
      throw wrong(value, otherwise);
    }
    return matcher;
  }

  static SettingsException wrong(Value value, String what) {
    return new SettingsException(value.origin() + ": \"" + value.text() + "\" " + what);
  }
}
