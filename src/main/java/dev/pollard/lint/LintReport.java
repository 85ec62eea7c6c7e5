package dev.pollard.lint;

import dev.pollard.cargo.RecordedBuild;
import dev.pollard.replay.LinkedProgram;
import dev.pollard.size.ArtifactSizes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What lint found.
public final class LintReport {
  private final Survey survey;
  private final List<Finding> findings;
  private final int silenced;
  private final int notCompiling;
  private final int untried;
  private final Optional<String> withoutClippy;

  LintReport(
      Survey survey,
      List<Finding> findings,
      int silenced,
      int notCompiling,
      int untried,
      Optional<String> withoutClippy) {
    this.survey = survey;
    this.findings = List.copyOf(findings);
    this.silenced = silenced;
    this.notCompiling = notCompiling;
    this.untried = untried;
    this.withoutClippy = withoutClippy;
  }

  /// Those that matter most first.
  public List<Finding> findings() {
    return findings;
  }

  /// How many findings a comment or a setting silenced.
  public int silenced() {
    return silenced;
  }

  /// How many changes were tried that do not compile, and are not among the findings.
  public int notCompiling() {
    return notCompiling;
  }

  /// Why clippy was not asked; empty when it was.
  public Optional<String> withoutClippy() {
    return withoutClippy;
  }

  /// How many changes there was no time or no wish to try.
  public int untried() {
    return untried;
  }

  /// How many async functions, blocks and closures were looked at.
  public int items() {
    return survey.items().size();
  }

  /// The text of each file that was looked at.
  Map<Path, String> sources() {
    return survey.sources();
  }

  Survey survey() {
    return survey;
  }

  /// Names of the programs.
  public List<String> programs() {
    return survey.programs().stream().map(p -> p.linked().file().getFileName().toString()).toList();
  }

  /// Bytes of flash of all programs.
  public long flash() {
    return survey.programs().stream().mapToLong(Program::flash).sum();
  }

  /// Bytes of flash of all programs of a build.
  ///
  /// @throws IOException when one cannot be read
  public static long flash(RecordedBuild build) throws IOException {
    long sum = 0;
    for (LinkedProgram program : build.programs()) {
      sum += ArtifactSizes.uncompressed(program.file()).flash();
    }
    return sum;
  }

  /// How many findings are of a level or above.
  public long count(Level level) {
    return findings.stream().filter(f -> f.level().compareTo(level) >= 0).count();
  }
}
