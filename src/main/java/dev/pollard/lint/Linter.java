package dev.pollard.lint;

import dev.pollard.cargo.RecordedBuild;
import dev.pollard.inspect.Machine.Held;
import dev.pollard.inspect.MachineCost;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/// Looks at a build by all rules, tries the changes that can be made, and says what is left.
public final class Linter {
  private static final List<Check> CHECKS =
      List.of(
          new PassThrough(),
          new NeverAwaits(),
          new SameAwait(),
          new ArgumentTwice(),
          new HeldAcross(),
          new LargeFuture(),
          new ProgramShape());

  /// Where a change that does not compile leaves nothing to say.
  private static final Set<Rule> ONLY_WHEN_IT_COMPILES =
      EnumSet.of(
          Rule.PASS_THROUGH,
          Rule.NEVER_AWAITS,
          Rule.SAME_AWAIT,
          Rule.BOX_PIN,
          Rule.REDUNDANT_BLOCK);

  private final Request request;

  /// What is asked for.
  ///
  /// @param crates their names; empty: all of the workspace
  /// @param allowed rules that are silenced
  /// @param tries whether changes are tried
  /// @param limit how long they may be tried
  public record Request(
      Set<String> crates, Set<Rule> allowed, boolean tries, Duration limit, Progress progress) {
    public Request {
      crates = Set.copyOf(crates);
      allowed = Set.copyOf(allowed);
    }
  }

  /// What is told meanwhile.
  public interface Progress {
    /// A change is about to be tried.
    ///
    /// @param number from 1
    /// @param saved bytes of flash by those that were tried before
    void trying(int number, int of, Finding finding, long saved);
  }

  public Linter(Request request) {
    this.request = request;
  }

  private record Candidate(AsyncItem item, Finding finding) {}

  /// Lints.
  ///
  /// @throws IOException when files cannot be read, or a crate that is asked for is not there
  public LintReport lint(RecordedBuild build) throws IOException {
    if (build.programs().isEmpty()) {
      throw new IOException(
          "the build links no program, and the machines of a library are made by who uses it: give"
              + " --bin, --example or --test, or --examples or --tests for all");
    }
    Survey survey = Survey.of(build, request.crates());
    List<Candidate> candidates = new ArrayList<>();
    int silenced = 0;
    for (AsyncItem item : survey.items()) {
      for (Check check : CHECKS) {
        for (Finding finding : check.of(item, survey)) {
          if (request.allowed().contains(finding.rule())
              || item.silenced().contains(finding.rule().id())) {
            silenced++;
          } else {
            candidates.add(new Candidate(item, finding));
          }
        }
      }
    }
    Clippy.Result clippy = Clippy.of(survey);
    for (Clippy.Said said : clippy.said()) {
      silenced += add(said, survey, candidates) ? 0 : 1;
    }
    return tried(survey, candidates, silenced, clippy.missing());
  }

  /// Takes in what clippy said: a note on the finding that it is about, or a finding of its own.
  ///
  /// @return false where it is silenced
  private boolean add(Clippy.Said said, Survey survey, List<Candidate> candidates) {
    for (int i = 0; i < candidates.size(); i++) {
      Finding known = candidates.get(i).finding;
      if (said.isAbout(known)) {
        candidates.set(
            i, new Candidate(candidates.get(i).item, known.noted("so says " + said.lint())));
        return true;
      }
    }
    Optional<AsyncItem> item =
        survey.items().stream().filter(said::isIn).reduce((_, inner) -> inner);
    Optional<Finding> finding = item.flatMap(said::finding);
    boolean silent =
        finding.isPresent()
            && (request.allowed().contains(finding.get().rule())
                || item.get().silenced().contains(finding.get().rule().id()));
    if (finding.isPresent() && !silent) {
      candidates.add(new Candidate(item.get(), finding.get()));
    }
    return !silent;
  }

  private LintReport tried(
      Survey survey, List<Candidate> candidates, int silenced, Optional<String> missing)
      throws IOException {
    List<Finding> findings = new ArrayList<>();
    int left = 0;
    int untried = 0;
    long saved = 0;
    int number = 0;
    int count = (int) candidates.stream().filter(c -> !c.finding.change().isEmpty()).count();
    long begun = System.nanoTime();
    LongSupplier passed = () -> System.nanoTime() - begun;
    try (var trials = new Trials(survey)) {
      for (Candidate candidate : candidates) {
        Finding finding = candidate.finding;
        if (finding.change().isEmpty()) {
          findings.add(finding);
          continue;
        }
        if (!request.tries() || passed.getAsLong() > request.limit().toNanos()) {
          untried++;
          findings.add(finding);
          continue;
        }
        request.progress().trying(++number, count, finding, saved);
        if (!trials.canTry(finding)) {
          untried++;
          findings.add(finding.noted("not tried: the crate does not compile from a copy"));
          continue;
        }
        Optional<Finding> found = tried(trials, candidate);
        if (found.isEmpty()) {
          left++;
        } else {
          findings.add(found.get());
          saved += Math.max(0, found.get().saving().flash().orElse(0));
        }
      }
    }
    findings.sort(
        Comparator.comparing(Finding::level)
            .reversed()
            .thenComparingLong(f -> -(f.saving().flash().orElse(0) + f.saving().future().orElse(0)))
            .thenComparing(f -> f.file().toString())
            .thenComparingInt(Finding::start));
    return new LintReport(survey, findings, silenced, left, untried, missing);
  }

  private static Optional<Finding> tried(Trials trials, Candidate candidate) throws IOException {
    Finding finding = candidate.finding;
    AsyncItem item = candidate.item;
    long inner =
        finding.rule() == Rule.PASS_THROUGH ? item.largest().map(Linter::awaited).orElse(0L) : 0;
    Optional<Trials.Tried> tried =
        trials.of(finding, item.node().line(), item.body().line(), inner);
    if (tried.isEmpty()) {
      return ONLY_WHEN_IT_COMPILES.contains(finding.rule())
          ? Optional.empty()
          : Optional.of(
              finding
                  .changedBy(List.of(), false)
                  .noted("tried, and does not compile as it stands: it needs a person"));
    }
    return Optional.of(finding.with(tried.get().saving(), tried.get().edits()));
  }

  private static long awaited(MachineCost machine) {
    return machine.machine().states().stream()
        .flatMap(s -> s.held().stream())
        .filter(Held::isAwaitee)
        .mapToLong(Held::size)
        .max()
        .orElse(0);
  }
}
