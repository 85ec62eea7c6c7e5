package dev.pollard.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pollard.config.SettingsLayer.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {
  private static final Path HERE = Path.of("/work");

  private static SettingsLayer environment(String... namesAndValues) {
    var variables = new java.util.TreeMap<String, String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      variables.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return SettingsLayer.ofEnvironment(variables, HERE);
  }

  private static Settings settings(String... namesAndValues) throws SettingsException {
    return Settings.of(environment(namesAndValues));
  }

  @Test
  void whatNobodyMentionsHasItsDefault() throws SettingsException {
    assertThat(Settings.of(SettingsLayer.EMPTY)).isEqualTo(Settings.defaults());
    assertThat(settings("POLLARD_EFFORT", "", "POLLARD_KEEP", "")).isEqualTo(Settings.defaults());
  }

  @Test
  void everySettingIsRead() throws SettingsException {
    var settings =
        settings(
            "POLLARD_EFFORT",
            "max",
            "POLLARD_FOR",
            "wasm-gzip",
            "POLLARD_RESUMED_PANICS",
            "pending",
            "POLLARD_PANICS",
            "no-location",
            "POLLARD_KEEP",
            "^a b$\nc",
            "POLLARD_DISABLE",
            "equal-states\ntail-z",
            "POLLARD_DENY_FALLBACK",
            "1",
            "POLLARD_REPRO",
            "out/repro",
            "POLLARD_WORKERS",
            "3",
            "POLLARD_MEMORY_LIMIT",
            "512M",
            "POLLARD_TIME_LIMIT",
            "90s",
            "POLLARD_VERBOSE",
            "yes");
    assertThat(settings.effort()).isEqualTo(Effort.MAX);
    assertThat(settings.goal()).contains(Goal.WASM_GZIP);
    assertThat(settings.resumedPanics()).isEqualTo(ResumedPanics.PENDING);
    assertThat(settings.panics()).isEqualTo(Panics.NO_LOCATION);
    assertThat(settings.keep()).extracting(Pattern::pattern).containsExactly("^a b$", "c");
    assertThat(settings.disabledPasses()).containsExactlyInAnyOrder("equal-states", "tail-z");
    assertThat(settings.denyFallback()).isTrue();
    assertThat(settings.repro()).contains(HERE.resolve("out/repro"));
    assertThat(settings.workers()).isEqualTo(3);
    assertThat(settings.memoryLimit()).isEqualTo(512L << 20);
    assertThat(settings.timeLimit()).isEqualTo(Duration.ofSeconds(90));
    assertThat(settings.verbose()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "2G, 2147483648",
    "2GiB, 2147483648",
    "2 gb, 2147483648",
    "1024k, 1048576",
    "1048576, 1048576",
    "1T, 1099511627776"
  })
  void sizesHaveUnits(String text, long bytes) throws SettingsException {
    assertThat(settings("POLLARD_MEMORY_LIMIT", text).memoryLimit()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({"5, 5", "5s, 5", "5 m, 300", "5min, 300", "2h, 7200"})
  void timesHaveUnits(String text, long seconds) throws SettingsException {
    assertThat(settings("POLLARD_TIME_LIMIT", text).timeLimit())
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({
    "EFFORT, MAX, 'fast, default, max'",
    "FOR, size, 'flash, stack, wasm-gzip, wasm-brotli, speed'",
    "RESUMED_PANICS, no_location, 'shared, trap, pending, keep'",
    "PANICS, none, 'keep, no-location, trap'",
    "KEEP, (, regular expression",
    "DISABLE, Equal_States, name of a pass",
    "DENY_FALLBACK, perhaps, neither true nor false",
    "WORKERS, 0, from 1 on",
    "WORKERS, 10000, from 1 on",
    "MEMORY_LIMIT, much, 512M or 2G",
    "MEMORY_LIMIT, 1023k, less than 1M",
    "MEMORY_LIMIT, 999999999999999T, more than there can be",
    "TIME_LIMIT, 1d, '90s, 10m or 1h'",
    "TIME_LIMIT, 0, no time",
    "VERBOSE, 2, neither true nor false"
  })
  void aWrongValueNamesItsPlaceAndWhatMayStandThere(String name, String text, String expected) {
    assertThatThrownBy(() -> settings("POLLARD_" + name, text))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("POLLARD_" + name + ": \"" + text + "\" is ")
        .hasMessageContaining(expected);
  }

  @Test
  void theUpperLayerWinsButListsAddUp() throws SettingsException {
    var lower =
        environment(
            "POLLARD_EFFORT",
            "max",
            "POLLARD_PANICS",
            "trap",
            "POLLARD_DISABLE",
            "tail-z\nround-z");
    var upper = environment("POLLARD_EFFORT", "fast", "POLLARD_DISABLE", "panics");
    var settings = Settings.of(lower.under(upper));
    assertThat(settings.effort()).isEqualTo(Effort.FAST);
    assertThat(settings.panics()).isEqualTo(Panics.TRAP);
    assertThat(settings.disabledPasses()).containsExactlyInAnyOrder("tail-z", "round-z", "panics");
    assertThat(Settings.of(upper.under(lower)).effort()).isEqualTo(Effort.MAX);
  }

  @Test
  void theEnvironmentCarriesALayerWhole() {
    var layer =
        new SettingsLayer(
            Map.of(
                Setting.EFFORT,
                List.of(new Value("max", "--effort")),
                Setting.KEEP,
                List.of(new Value("a b", "--keep"), new Value("c", "Cargo.toml")),
                Setting.VERBOSE,
                List.of(new Value("true", "--verbose")),
                Setting.REPRO,
                List.of(new Value("/r", "--repro")),
                Setting.PANICS,
                List.of()));
    var variables = layer.toEnvironment();
    assertThat(variables)
        .containsOnly(
            Map.entry("POLLARD_EFFORT", "max"),
            Map.entry("POLLARD_KEEP", "a b\nc"),
            Map.entry("POLLARD_VERBOSE", "true"),
            Map.entry("POLLARD_REPRO", "/r"));
    var read = SettingsLayer.ofEnvironment(variables, HERE);
    assertThat(read.toEnvironment()).isEqualTo(variables);
    assertThat(read.list(Setting.KEEP))
        .containsExactly(new Value("a b", "POLLARD_KEEP"), new Value("c", "POLLARD_KEEP"));
  }

  @Test
  void aKeyNamesItsSettingBothWays() {
    for (var setting : Setting.values()) {
      assertThat(Setting.ofKey(setting.key())).contains(setting);
    }
    assertThat(Setting.ofKey("resumed_panics")).isEmpty();
    assertThat(Setting.RESUMED_PANICS.key()).isEqualTo("resumed-panics");
  }
}
