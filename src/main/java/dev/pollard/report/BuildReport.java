package dev.pollard.report;

import dev.pollard.config.Effort;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a build gave for one artifact: the content of `target/pollard/<artifact>.json`.
///
/// @param artifact the artifact's name
/// @param target the target triple
/// @param toolchain the rustc that built it, such as `rustc 1.95.0`
/// @param stock the artifact as rustc linked it
/// @param pruned the artifact that is now in its place: equal to `stock` after a fallback
/// @param passes what each pass gave, in the order in which they ran
/// @param machines how many async state machines were found
/// @param fallback why the stock artifact stayed; empty when it did not
/// @param seconds how long each stage took, in the order in which they ran; the stage [#RUSTC] is
///   the final rustc call itself, all others are what pruning added
public record BuildReport(
    String artifact,
    String target,
    String toolchain,
    Effort effort,
    Measurement stock,
    Measurement pruned,
    List<PassGain> passes,
    int machines,
    Optional<String> fallback,
    Map<String, Duration> seconds) {
  /// The version of the JSON form.
  public static final String SCHEMA = "pollard.build/1";

  /// The stage that is the final rustc call.
  public static final String RUSTC = "rustc";

  /// The stage that makes the object; a program that was pruned before has none.
  public static final String CODE_GENERATION = "code generation";

  public BuildReport {
    passes = List.copyOf(passes);
    seconds = Collections.unmodifiableMap(new LinkedHashMap<>(seconds));
  }

  /// Whether the program was pruned by an earlier build, and only linked again by this one.
  public boolean isRelinked() {
    return fallback.isEmpty() && !seconds.containsKey(CODE_GENERATION);
  }

  /// Why the artifact stayed stock, for people: with how to report it. Empty if it did not.
  public Optional<String> keptStock() {
    return fallback.map(reason ->
        reason.endsWith(")")
            ? reason
            : reason + " (--repro FILE packs what is needed to see it again)");
  }

  /// The time that pruning added to the final rustc call.
  public Duration addedTime() {
    return seconds.entrySet().stream()
        .filter(e -> !e.getKey().equals(RUSTC))
        .map(Map.Entry::getValue)
        .reduce(Duration.ZERO, Duration::plus);
  }
}
