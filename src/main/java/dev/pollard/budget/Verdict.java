package dev.pollard.budget;

import dev.pollard.diff.Diff;
import java.util.List;
import java.util.Optional;

/// What a check found.
///
/// @param program its name
/// @param file what was checked
/// @param target the kind of processor
/// @param layout where the regions come from; empty when there are none
/// @param gauges how full they are
/// @param findings every limit
/// @param problems what is wrong beside limits, such as a section that lies in no region
/// @param grown what changed since the baseline; empty without one
/// @param ways what would help, most first
/// @param notes what could not be told, and why
public record Verdict(
    String program,
    String file,
    String target,
    String layout,
    List<Gauge> gauges,
    List<Finding> findings,
    List<String> problems,
    Optional<Diff> grown,
    List<Way> ways,
    List<String> notes) {
  public Verdict {
    gauges = List.copyOf(gauges);
    findings = List.copyOf(findings);
    problems = List.copyOf(problems);
    ways = List.copyOf(ways);
    notes = List.copyOf(notes);
  }

  /// Whether anything is broken.
  public boolean isBroken() {
    return !problems.isEmpty()
        || gauges.stream().anyMatch(Gauge::isBroken)
        || findings.stream().anyMatch(Finding::isBroken);
  }
}
