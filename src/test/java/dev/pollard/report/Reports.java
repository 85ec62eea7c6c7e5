package dev.pollard.report;

import dev.pollard.config.Effort;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Reports for tests.
public final class Reports {
  private Reports() {}

  /// A pruned firmware.
  public static BuildReport firmware() {
    var seconds = new LinkedHashMap<String, Duration>();
    seconds.put("rustc", Duration.ofSeconds(8));
    seconds.put("tune", Duration.ofMillis(9_400));
    seconds.put("code generation", Duration.ofMillis(600));
    return new BuildReport(
        "sensor",
        "thumbv7em-none-eabi",
        "rustc 1.95.0",
        Effort.DEFAULT,
        measurement(100_000, 5_784, OptionalLong.empty()),
        measurement(88_500, 48, OptionalLong.empty()),
        List.of(
            PassGain.unmeasured("resumed-panics", 42).saving(810, 16),
            PassGain.unmeasured("round-z", 1).saving(10_690, -8),
            PassGain.unmeasured("static-alignment", 3).saving(0, 0),
            PassGain.unmeasured("lto-z", 9)),
        42,
        Optional.empty(),
        seconds);
  }

  /// A wasm module whose stock artifact stayed.
  public static BuildReport fallback() {
    Measurement same = measurement(20_000, 0, OptionalLong.of(9_000));
    return new BuildReport(
        "crawler",
        "wasm32-unknown-unknown",
        "rustc 1.96.0",
        Effort.FAST,
        same,
        same,
        List.of(),
        1,
        Optional.of("the worker ran out of memory"),
        Map.of("rustc", Duration.ofSeconds(4)));
  }

  private static Measurement measurement(long flash, long frame, OptionalLong compressed) {
    Map<String, Long> frames = frame == 0 ? Map.of() : Map.of("net::run", frame, "main", 40L);
    return new Measurement(
        flash,
        3_000,
        flash - 2_100,
        2_000,
        100,
        2_900,
        compressed,
        compressed,
        frame,
        frames,
        frame * 2);
  }
}
