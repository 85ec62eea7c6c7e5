package dev.pollard.lint;

import dev.pollard.files.WholeFile;
import dev.pollard.toolchain.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes the changes of findings in the sources themselves, and takes them back.
public final class Fixer {
  private final LintReport report;
  private final List<Path> packages;
  private final Map<Path, String> written = new HashMap<>();

  /// @param packages folders whose sources may be changed
  public Fixer(LintReport report, List<Path> packages) {
    this.report = report;
    this.packages = List.copyOf(packages);
  }

  /// What was chosen.
  public record Choice(List<Finding> findings) {
    public Choice {
      findings = List.copyOf(findings);
    }

    List<Edit> edits() {
      return findings.stream().flatMap(f -> f.change().stream()).distinct().toList();
    }
  }

  /// The changes that are sure, were tried and pay, of which each pays beside the others too.
  ///
  /// @throws IOException when files cannot be read or written
  public Choice choose() throws IOException {
    List<Finding> chosen = new ArrayList<>();
    long saved = 0;
    try (var trials = new Trials(report.survey())) {
      for (Finding finding : report.findings()) {
        boolean may =
            finding.isFixable()
                && finding.change().stream()
                    .allMatch(e -> packages.stream().anyMatch(p -> e.file().startsWith(p)))
                && chosen.stream().noneMatch(c -> touch(c, finding));
        if (!may) {
          continue;
        }
        List<Finding> more = new ArrayList<>(chosen);
        more.add(finding);
        Optional<Long> together =
            chosen.isEmpty()
                ? Optional.of(finding.saving().flash().orElse(0))
                : trials.flash(new Choice(more).edits());
        if (together.isPresent() && together.get() >= saved) {
          chosen = more;
          saved = together.get();
        }
      }
    }
    return new Choice(chosen);
  }

  private static boolean touch(Finding a, Finding b) {
    return a.change().stream()
        .anyMatch(x -> b.change().stream().anyMatch(y -> x.touches(y) || isBefore(x, y)));
  }

  /// Whether two put something at the same place: their order would be a guess.
  private static boolean isBefore(Edit a, Edit b) {
    return a.file().equals(b.file()) && a.start() == b.start() && !a.equals(b);
  }

  /// Writes the changed sources; those that rustfmt would have left alone are formatted again.
  ///
  /// @throws IOException when one cannot be written; [#takeBack] undoes the others
  public void write(Choice choice) throws IOException {
    Map<Path, String> changed = Edit.apply(report.sources(), choice.edits());
    for (var each : changed.entrySet()) {
      Path file = each.getKey();
      String edition =
          String.valueOf(
              Optional.ofNullable(report.survey().crates().get(file))
                  .map(c -> c.edition())
                  .orElse(2021));
      boolean formatted = rustfmt(file, edition, true);
      written.put(file, report.sources().getOrDefault(file, ""));
      WholeFile.replace(file, each.getValue(), false);
      if (formatted) {
        rustfmt(file, edition, false);
      }
    }
  }

  /// Puts the sources back as they were.
  ///
  /// @throws IOException when one cannot be written
  public void takeBack() throws IOException {
    for (var each : written.entrySet()) {
      WholeFile.replace(each.getKey(), each.getValue(), false);
    }
    written.clear();
  }

  /// @return whether rustfmt is there, and has nothing to say against the file, or formatted it
  private static boolean rustfmt(Path file, String edition, boolean check) {
    List<String> command = new ArrayList<>(List.of("rustfmt", "--edition", edition));
    if (check) {
      command.add("--check");
    }
    command.add(file.toString());
    try {
      return Processes.run(command).succeeded();
    } catch (IOException _) {
      return false; // it is not installed
    }
  }
}
