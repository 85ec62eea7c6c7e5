package dev.pollard.cli;

import dev.pollard.cargo.CargoArguments;
import dev.pollard.cargo.RecordedBuild;
import dev.pollard.cargo.Subcommand;
import dev.pollard.config.LintSettings;
import dev.pollard.config.PackageMetadata;
import dev.pollard.config.Settings;
import dev.pollard.config.SettingsException;
import dev.pollard.config.SettingsLayer;
import dev.pollard.diagnostic.FileProblem;
import dev.pollard.lint.Finding;
import dev.pollard.lint.Fixer;
import dev.pollard.lint.Level;
import dev.pollard.lint.LintFormats;
import dev.pollard.lint.LintReport;
import dev.pollard.lint.LintText;
import dev.pollard.lint.Linter;
import dev.pollard.lint.Rule;
import dev.pollard.toolchain.Processes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pollard lint`: what to change in a program's own async code, and what it saves.
@Command(
    name = "lint",
    header = "Finds async code that could be written smaller, and says what that saves.",
    synopsisHeading = "Usage: pollard lint [OPTIONS] [cargo build's options]%n",
    customSynopsis = "",
    footer = {
      "",
      "Builds the program as cargo does, stock, in a folder of its own under target, and tries each",
      "change that can be made by a rule: what is printed as tried was built and measured. The",
      "sources stay as they are but for --fix.",
      "",
      "Silence one place by a comment, // pollard: allow(RULE), a rule by --allow or by",
      "allow = [\"RULE\"] in [package.metadata.pollard.lint]. The rules: docs/lint.md.",
      "",
      "  pollard lint --bin firmware --target thumbv7em-none-eabihf"
    })
final class LintCommand implements Callable<Integer>, TakesCargoWords {
  private static final long TEST_SECONDS = 3600;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this; cargo's own flags: cargo help build")
  @SuppressWarnings("UnusedVariable")
  private boolean help;

  @Option(
      names = "--crate",
      paramLabel = "NAME",
      description = "lint this crate of the program, also one of a registry, instead of your own")
  private List<String> crates = new ArrayList<>();

  @Option(names = "--allow", paramLabel = "RULE", description = "silence a rule")
  private List<String> allow = new ArrayList<>();

  @Option(
      names = "--deny",
      paramLabel = "LEVEL",
      description = "end with 100 when there is a finding of this level or above: note, warn")
  private Optional<String> deny = Optional.empty();

  @Option(names = "--no-try", description = "try no change: quick, and without measured figures")
  private boolean noTry;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description = "how long changes may be tried; default: 5m")
  private String time = "5m";

  @Option(
      names = "--fix",
      description =
          "make the changes that are sure, tried and smaller; taken back when a test fails")
  private boolean fix;

  @Option(names = "--allow-dirty", description = "with --fix: also where git has changes")
  private boolean allowDirty;

  @Option(names = "--no-test", description = "with --fix: do not run cargo test")
  private boolean noTest;

  @Option(names = "--json", description = "print JSON (pollard.lint/1)")
  private boolean json;

  @Option(names = "--github", description = "also print annotations for GitHub")
  private boolean github;

  @Option(names = "--sarif", paramLabel = "FILE", description = "also write SARIF 2.1.0")
  private Optional<Path> sarif = Optional.empty();

  @Option(names = "--list", description = "list the rules and end")
  private boolean list;

  @Parameters(hidden = true)
  private List<String> words = new ArrayList<>();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter errors = spec.commandLine().getErr();
    if (list) {
      for (Rule rule : Rule.values()) {
        out.printf("%-17s %-5s %s%n", rule.id(), rule.level().text(), rule.title());
      }
      return ExitCode.DONE;
    }
    var arguments = CargoArguments.of(Subcommand.BUILD, words, false);
    if (arguments.messageFormat().isPresent()) {
      errors.println("error: --message-format has no use here: --json prints the findings");
      return ExitCode.USAGE;
    }
    try {
      return run(arguments);
    } catch (IOException e) {
      errors.println("error: " + FileProblem.of(e));
    } catch (SettingsException e) {
      errors.println("error: " + e.getMessage());
    }
    return ExitCode.FAILED;
  }

  private int run(CargoArguments arguments) throws IOException, SettingsException {
    Path here = Path.of("").toRealPath();
    Optional<Path> folder = PackageMetadata.enclosing(arguments.manifestFolder().orElse(here));
    LintSettings settings =
        folder.isPresent()
            ? LintSettings.read(folder.get())
            : new LintSettings(List.of(), Optional.empty());
    Set<Rule> allowed = EnumSet.noneOf(Rule.class);
    for (String id : allow) {
      allowed.add(rule(new SettingsLayer.Value(id, "--allow")));
    }
    for (SettingsLayer.Value value : settings.allow()) {
      allowed.add(rule(value));
    }
    Optional<Level> denied =
        deny.isPresent()
            ? Optional.of(level(new SettingsLayer.Value(deny.get(), "--deny")))
            : settings.deny().isPresent()
                ? Optional.of(level(settings.deny().get()))
                : Optional.empty();
    Duration limit = Settings.time(new SettingsLayer.Value(time, "--time"));
    var environment = System.getenv();
    var out = spec.commandLine().getOut();
    if (fix) {
      requireClean(here);
    }
    RecordedBuild build = RecordedBuild.make(arguments, environment, System.err);
    var console = Terminal.console(arguments.color(), environment);
    var request =
        new Linter.Request(
            crates.stream().map(c -> c.replace('-', '_')).collect(Collectors.toSet()),
            allowed,
            !noTry,
            limit,
            (number, of, finding, saved) ->
                System.err.print(progress(console.live(), number, of, finding, saved, here)));
    LintReport report = new Linter(request).lint(build);
    if (console.live()) {
      System.err.print("\r\u001b[K");
    }
    out.print(
        json ? LintFormats.json(report, here) : LintText.render(report, here, console.outStyle()));
    Path root = Path.of(environment.getOrDefault("GITHUB_WORKSPACE", here.toString()));
    if (github) {
      out.print(LintFormats.annotations(report, root));
    }
    out.flush();
    if (sarif.isPresent()) {
      Files.writeString(
          sarif.get(),
          LintFormats.sarif(report, root, PollardCommand.VERSION.replaceFirst("^\\S+ ", "")));
    }
    if (fix) {
      return fix(report, build, arguments, environment);
    }
    return denied.isPresent() && report.count(denied.get()) > 0 ? ExitCode.FINDINGS : ExitCode.DONE;
  }

  private static String progress(
      boolean live, int number, int of, Finding finding, long saved, Path here) {
    String text =
        String.format(
            Locale.ROOT,
            "lint: trying %d of %d, %s in %s:%d (%,d bytes saved so far)",
            number,
            of,
            finding.rule().id(),
            finding.file().startsWith(here) ? here.relativize(finding.file()) : finding.file(),
            finding.line(),
            saved);
    return live ? "\r\u001b[K" + text : text + "\n";
  }

  private static Rule rule(SettingsLayer.Value value) throws SettingsException {
    return Rule.of(value.text())
        .orElseThrow(() ->
            new SettingsException(
                value.origin()
                    + ": there is no rule "
                    + value.text()
                    + "; there are "
                    + Arrays.stream(Rule.values())
                        .map(Rule::id)
                        .collect(Collectors.joining(", "))));
  }

  private static Level level(SettingsLayer.Value value) throws SettingsException {
    for (Level level : Level.values()) {
      if (level.text().equals(value.text())) {
        return level;
      }
    }
    throw new SettingsException(
        value.origin() + ": " + value.text() + " is no level; there are note and warn");
  }

  /// Only what git can bring back is changed.
  private void requireClean(Path here) throws IOException {
    if (allowDirty) {
      return;
    }
    Processes.Result status;
    try {
      status = Processes.run(List.of("git", "-C", here.toString(), "status", "--porcelain", "."));
    } catch (IOException e) {
      throw new IOException(
          "--fix: git cannot be asked whether all is committed (--allow-dirty)", e);
    }
    if (!status.succeeded() || !status.output().isBlank()) {
      throw new IOException(
          status.succeeded()
              ? "--fix: git has changes that are not committed, such as \"%s\": commit them, or say --allow-dirty"
                  .formatted(status.output().lines().findFirst().orElse("").strip())
              : "--fix: this is no git repository, so nothing could bring the sources back: say --allow-dirty");
    }
  }

  private int fix(
      LintReport report,
      RecordedBuild build,
      CargoArguments arguments,
      Map<String, String> environment)
      throws IOException {
    var out = spec.commandLine().getOut();
    var errors = spec.commandLine().getErr();
    var fixer = new Fixer(report, build.packages());
    Fixer.Choice choice = fixer.choose();
    if (choice.findings().isEmpty()) {
      out.println("nothing to fix: no finding has a change that is sure and saves something");
      return ExitCode.DONE;
    }
    boolean tests = !noTest && !arguments.namesTarget();
    if (tests && !test(environment)) {
      errors.println("error: --fix: cargo test fails without any change (--no-test)");
      return ExitCode.FAILED;
    }
    Optional<String> problem = Optional.empty();
    try {
      fixer.write(choice);
      long before = report.flash();
      RecordedBuild again = RecordedBuild.make(arguments, environment, System.err);
      long after = LintReport.flash(again);
      if (after > before) {
        problem = Optional.of("the program grew by " + (after - before) + " bytes");
      } else if (tests && !test(environment)) {
        problem = Optional.of("cargo test fails");
      }
      if (problem.isEmpty()) {
        Set<Path> files = new HashSet<>();
        choice.findings().forEach(f -> files.add(f.file()));
        out.printf(
            Locale.ROOT,
            "fixed %d of %d findings in %d %s: flash %,d -> %,d%s%n",
            choice.findings().size(),
            report.findings().size(),
            files.size(),
            files.size() == 1 ? "file" : "files",
            before,
            after,
            tests ? ", tests pass" : ", tests not run");
        out.flush();
        return ExitCode.DONE;
      }
    } catch (IOException e) {
      problem = Optional.of(FileProblem.of(e));
    }
    fixer.takeBack();
    errors.println("error: --fix: taken back: " + problem.get());
    return ExitCode.FAILED;
  }

  private static boolean test(Map<String, String> environment) throws IOException {
    String cargo = environment.getOrDefault("CARGO", "");
    Processes.Result result =
        Processes.run(
            List.of(cargo.isEmpty() ? "cargo" : cargo, "test", "--quiet"),
            Optional.empty(),
            Map.of(),
            List.of(),
            TEST_SECONDS);
    if (!result.succeeded()) {
      System.err.print(result.output());
      System.err.print(result.errors());
    }
    return result.succeeded();
  }
}
