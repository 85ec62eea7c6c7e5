package dev.pollard.cli;

import dev.pollard.budget.Baseline;
import dev.pollard.budget.BudgetCheck;
import dev.pollard.budget.BudgetException;
import dev.pollard.budget.BudgetMarkdown;
import dev.pollard.budget.BudgetText;
import dev.pollard.budget.Chip;
import dev.pollard.budget.CiFormats;
import dev.pollard.budget.Region;
import dev.pollard.budget.Verdict;
import dev.pollard.build.TargetFolder;
import dev.pollard.config.BudgetSettings;
import dev.pollard.config.PackageMetadata;
import dev.pollard.config.SettingsException;
import dev.pollard.config.SettingsLayer;
import dev.pollard.diagnostic.FileProblem;
import dev.pollard.report.BuildReport;
import dev.pollard.report.json.BuildReportJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pollard budget`: whether a program keeps to what it may take.
@Command(
    name = "budget",
    mixinStandardHelpOptions = true,
    description = "Checks a program's flash, RAM, stack, futures and crates against their limits.",
    footer = {
      "",
      "The limits stand in [package.metadata.pollard.budget] of Cargo.toml: docs/budget.md.",
      "Without FILE it is the program that the last pollard build made. Ends with 100 when a limit",
      "is broken."
    })
public final class BudgetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "an ELF program or a linked wasm module")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--manifest-path",
      paramLabel = "FILE",
      description = "the Cargo.toml; default: the nearest")
  private Optional<Path> manifest = Optional.empty();

  @Option(
      names = "--chip",
      paramLabel = "NAME",
      description = "the chip, whatever the manifest says")
  private Optional<String> chip = Optional.empty();

  @Option(
      names = "--memory",
      paramLabel = "FILE",
      description = "a linker script with the regions, whatever the manifest says")
  private Optional<Path> memory = Optional.empty();

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "what growth is counted from; default: pollard-budget.json beside the manifest")
  private Optional<Path> baseline = Optional.empty();

  @Option(names = "--save", description = "write the baseline and end")
  private boolean save;

  @Option(
      names = "--github",
      description = "also print annotations for GitHub, and add to $GITHUB_STEP_SUMMARY")
  private boolean github;

  @Option(names = "--markdown", description = "print Markdown, for a comment on a pull request")
  private boolean markdown;

  @Option(names = "--sarif", paramLabel = "FILE", description = "also write SARIF 2.1.0")
  private Optional<Path> sarif = Optional.empty();

  @Option(names = "--junit", paramLabel = "FILE", description = "also write JUnit's XML")
  private Optional<Path> junit = Optional.empty();

  @Option(names = "--chips", description = "list the chips that are known and end")
  private boolean chips;

  @Option(names = "--color", paramLabel = "WHEN", description = "auto, always or never")
  private Optional<String> color = Optional.empty();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter errors = spec.commandLine().getErr();
    if (chips) {
      Chip.all().forEach(c -> out.println(text(c)));
      return ExitCode.DONE;
    }
    if (chip.isPresent() && memory.isPresent()) {
      errors.println("error: --chip or --memory, not both");
      return ExitCode.USAGE;
    }
    try {
      return run(out);
    } catch (IOException e) {
      errors.println("error: " + FileProblem.of(e));
    } catch (SettingsException | BudgetException e) {
      errors.println("error: " + e.getMessage());
    }
    return ExitCode.FAILED;
  }

  private static String text(Chip c) {
    return "%-14s %s  (%s)"
        .formatted(
            c.name(),
            c.regions().stream().map(BudgetCommand::text).collect(Collectors.joining(", ")),
            c.source());
  }

  private static String text(Region r) {
    return String.format(
        Locale.ROOT, "%s %,d KiB at 0x%08x", r.name(), r.length() >> 10, r.origin());
  }

  private int run(PrintWriter out) throws IOException, SettingsException, BudgetException {
    Path here = Path.of("").toAbsolutePath();
    Optional<Path> folder =
        manifest.isPresent()
            ? manifest.map(m -> m.toAbsolutePath().getParent())
            : PackageMetadata.enclosing(here);
    Path project = folder.orElse(here);
    BudgetSettings settings =
        given(
            folder.isPresent()
                ? BudgetSettings.read(folder.get())
                : new BudgetSettings(
                    Optional.empty(), Optional.empty(), Optional.empty(), List.of()));
    if (settings.limits().isEmpty()
        && settings.chip().isEmpty()
        && settings.memory().isEmpty()
        && !save) {
      throw new BudgetException(
          "%s: has no limits: write, say, flash = \"64K\" under [package.metadata.pollard.budget], or"
                  .formatted(project.resolve("Cargo.toml"))
              + " name a chip by --chip");
    }
    Path program = file.isPresent() ? file.get() : built(project);
    ProgramFile.require(program);
    Path base = baseline.or(settings::baseline).orElse(project.resolve(Baseline.NAME));
    var request = new BudgetCheck.Request(program, project, settings, report(program), base);
    if (save) {
      Files.writeString(base, BudgetCheck.baseline(request));
      out.println("wrote " + base + ": commit it");
      return ExitCode.DONE;
    }
    Verdict verdict = BudgetCheck.of(request);
    Map<String, String> environment = System.getenv();
    var formats =
        new CiFormats(
            verdict,
            project.resolve("Cargo.toml"),
            Path.of(environment.getOrDefault("GITHUB_WORKSPACE", "")));
    out.print(
        markdown
            ? BudgetMarkdown.render(verdict)
            : BudgetText.render(verdict, Terminal.console(color, environment).outStyle()));
    if (github) {
      out.print(formats.annotations());
      String summary = environment.getOrDefault("GITHUB_STEP_SUMMARY", "");
      if (!summary.isEmpty()) {
        Files.writeString(
            Path.of(summary),
            BudgetMarkdown.render(verdict) + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      }
    }
    if (sarif.isPresent()) {
      Files.writeString(
          sarif.get(), formats.sarif(PollardCommand.VERSION.replaceFirst("^\\S+ ", "")));
    }
    if (junit.isPresent()) {
      Files.writeString(junit.get(), formats.junit());
    }
    out.flush();
    return verdict.isBroken() ? ExitCode.FINDINGS : ExitCode.DONE;
  }

  private BudgetSettings given(BudgetSettings settings) {
    if (chip.isPresent()) {
      return new BudgetSettings(
          chip.map(c -> new SettingsLayer.Value(c, "--chip")),
          Optional.empty(),
          settings.baseline(),
          settings.limits());
    }
    return memory.isPresent()
        ? new BudgetSettings(Optional.empty(), memory, settings.baseline(), settings.limits())
        : settings;
  }

  /// The program that the last build made, by the reports in the target folder.
  private static Path built(Path folder) throws IOException, SettingsException {
    String named = System.getenv().getOrDefault("CARGO_TARGET_DIR", "");
    Path target = named.isEmpty() ? PackageMetadata.root(folder).resolve("target") : Path.of(named);
    Path reports = target.resolve("pollard");
    var found = new ArrayList<Path>();
    if (Files.isDirectory(reports)) {
      try (var list = Files.newDirectoryStream(reports, "*.json")) {
        for (Path file : list) {
          program(target, file).ifPresent(found::add);
        }
      }
    }
    if (found.size() != 1) {
      throw new IOException(
          found.isEmpty()
              ? reports + ": tells of no program that is there: pollard budget FILE"
              : "several programs were built: pollard budget FILE, with FILE one of "
                  + found.stream().sorted().map(Path::toString).collect(Collectors.joining(", ")));
    }
    return found.getFirst();
  }

  private static Optional<Path> program(Path target, Path file) {
    BuildReport report;
    try {
      report = BuildReportJson.read(file);
    } catch (IOException e) {
      return Optional.empty(); // of another version: it tells of no program
    }
    for (Path folder : List.of(target.resolve(report.target()), target)) {
      for (String end : List.of("", ".wasm")) {
        Path program = folder.resolve("release").resolve(report.artifact() + end);
        if (Files.isRegularFile(program)) {
          return Optional.of(program);
        }
      }
    }
    return Optional.empty();
  }

  /// What the last build said of a program of that name.
  private static Optional<BuildReport> report(Path program) {
    Optional<Path> folder = Optional.ofNullable(program.toAbsolutePath().getParent());
    String name = program.getFileName().toString().replaceFirst("\\.wasm$", "");
    Optional<Path> report =
        folder.map(f -> TargetFolder.report(f, name)).filter(Files::isRegularFile);
    try {
      return report.isPresent()
          ? Optional.of(BuildReportJson.read(report.get()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // of another version: nothing is known
    }
  }
}
