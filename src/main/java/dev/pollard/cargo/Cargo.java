package dev.pollard.cargo;

import dev.pollard.build.PastBuild;
import dev.pollard.build.TargetFolder;
import dev.pollard.capture.CapturePolicy;
import dev.pollard.cargo.BuiltArtifacts.Artifact;
import dev.pollard.diagnostic.FileProblem;
import dev.pollard.report.BuildReport;
import dev.pollard.report.json.BuildReportJson;
import dev.pollard.report.table.BuildTable;
import dev.pollard.report.table.Style;
import dev.pollard.size.ArtifactSizes;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// One run of cargo with Pollard's wrapper in place, and what is said about it.
public final class Cargo {
  private static final Set<String> UNOPTIMISED = Set.of("dev", "debug", "test");

  private final Path home;
  private final Map<String, String> environment;
  private final Console console;
  private List<Artifact> artifacts = List.of();

  /// What is known of the user's terminal.
  ///
  /// @param outStyle how stdout is marked
  /// @param errStyle how stderr is marked
  /// @param live whether stderr is a terminal on which a line may change
  /// @param columns its width
  public record Console(
      PrintStream out,
      PrintStream err,
      Style outStyle,
      Style errStyle,
      boolean live,
      int columns) {}

  /// @param home Pollard's own folder, where `pollard-rustc` lies
  /// @param environment this process's
  public Cargo(Path home, Map<String, String> environment, Console console) {
    this.home = home;
    this.environment = Map.copyOf(environment);
    this.console = console;
  }

  /// Runs cargo to its end.
  ///
  /// @param settings variables that carry the settings to the wrapper
  /// @param denyFallback whether an artifact that stays stock is a failure
  /// @param failed the exit code of such a failure
  /// @return cargo's exit code, or the program's
  /// @throws IOException when cargo cannot be started
  public int run(
      CargoArguments arguments, Map<String, String> settings, boolean denyFallback, int failed)
      throws IOException {
    return run(arguments, settings, denyFallback, failed, true);
  }

  private int run(
      CargoArguments arguments,
      Map<String, String> settings,
      boolean denyFallback,
      int failed,
      boolean repeat)
      throws IOException {
    boolean quiet = arguments.isQuiet();
    var mode =
        quiet
            ? ProgressView.Mode.QUIET
            : console.live() ? ProgressView.Mode.LIVE : ProgressView.Mode.PLAIN;
    var view =
        new ProgressView(
            console.err(),
            mode,
            console.errStyle(),
            console.columns(),
            arguments.subcommand().runsPrograms(),
            System::nanoTime);
    boolean reads =
        arguments.subcommand() == Subcommand.BUILD && arguments.messageFormat().isEmpty();
    var command = new ArrayList<String>();
    command.add(program(arguments, environment));
    command.addAll(
        arguments.commandLine(
            reads ? List.of("--message-format=json-render-diagnostics") : List.of()));
    var builder = new ProcessBuilder(command).inheritIO();
    builder.environment().putAll(variables(arguments, settings));
    if (reads) {
      builder.redirectOutput(ProcessBuilder.Redirect.PIPE);
    }
    int exitCode;
    artifacts = List.of();
    try (var server = ProgressServer.open(view);
        var signals = Signals.forwardTo(builder)) {
      builder.environment().put(ProgressServer.VARIABLE, server.socket().toString());
      var process = signals.start();
      if (reads) {
        artifacts = BuiltArtifacts.read(process.getInputStream(), console.out()).list();
      }
      exitCode = process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    if (exitCode != 0) {
      return exitCode;
    }
    artifacts.forEach(Cargo::recall);
    boolean dropped;
    try {
      dropped = repeat && !UNOPTIMISED.contains(arguments.profile()) && dropOverwritten(artifacts);
    } catch (IOException e) {
      console
          .err()
          .println("error: cannot delete what a build without Pollard left: " + FileProblem.of(e));
      return failed;
    }
    if (dropped) {
      return run(arguments, settings, denyFallback, failed, false);
    }
    var unchanged = unchanged(artifacts, view.reports());
    if (!quiet && !arguments.subcommand().runsPrograms()) {
      var out = arguments.messageFormat().isEmpty() ? console.out() : console.err();
      var style = arguments.messageFormat().isEmpty() ? console.outStyle() : console.errStyle();
      show(view.reports(), unchanged, out, style);
    }
    return denyFallback ? deny(view, unchanged, failed) : exitCode;
  }

  /// The artifacts of the last run of `cargo build`, by the name of their report.
  public Map<String, Path> artifacts() {
    var files = new TreeMap<String, Path>();
    artifacts.forEach(a -> files.put(a.name(), a.file()));
    return files;
  }

  private static void show(
      List<BuildReport> made, List<BuildReport> unchanged, PrintStream out, Style style) {
    for (var report : unchanged) {
      out.println(
          "%s: unchanged, not pruned again (%s)"
              .formatted(style.bold(report.artifact()), summary(report)));
    }
    out.print(BuildTable.render(made, style));
    out.flush();
  }

  private static String summary(BuildReport report) {
    return report
        .fallback()
        .map(reason -> "stock artifact kept: " + reason)
        .orElseGet(() ->
            String.format(
                Locale.ROOT, "%,d bytes of %,d", report.pruned().flash(), report.stock().flash()));
  }

  private int deny(ProgressView view, List<BuildReport> unchanged, int failed) {
    var reasons = new HashMap<String, String>();
    view.kept().forEach(s -> reasons.put(s.artifact(), s.reason()));
    unchanged.forEach(r -> r.fallback().ifPresent(f -> reasons.put(r.artifact(), f)));
    reasons.forEach((artifact, reason) ->
        console.err().println("error: " + artifact + ": stock artifact kept: " + reason));
    return reasons.isEmpty() ? 0 : failed;
  }

  /// Puts the report of an artifact that cargo put in its place again into its own.
  private static void recall(Artifact artifact) {
    var folder = Optional.ofNullable(artifact.file().getParent());
    if (!artifact.fresh() || folder.isEmpty()) {
      return;
    }
    try {
      PastBuild.of(folder.get(), artifact.name(), artifact.file())
          .recallReport(TargetFolder.report(folder.get(), artifact.name()));
    } catch (IOException _) {
      return; // a report of another size is passed over
    }
  }

  /// The reports of the artifacts for which cargo had nothing to do.
  private static List<BuildReport> unchanged(List<Artifact> artifacts, List<BuildReport> made) {
    var names =
        made.stream().map(BuildReport::artifact).collect(Collectors.toCollection(HashSet::new));
    var reports = new ArrayList<BuildReport>();
    for (var artifact : artifacts) {
      if (artifact.fresh() && names.add(artifact.name())) {
        var folder = Optional.ofNullable(artifact.file().getParent());
        folder
            .map(f -> TargetFolder.report(f, artifact.name()))
            .filter(Files::exists)
            .flatMap(Cargo::report)
            .filter(r -> isOf(r, artifact.file()))
            .ifPresent(reports::add);
      }
    }
    return reports;
  }

  /// Whether a report tells of this very file, and not of another target's or profile's.
  private static boolean isOf(BuildReport report, Path file) {
    return flash(file).equals(Optional.of(report.pruned().flash()));
  }

  private static Optional<Long> flash(Path file) {
    try {
      return Optional.of(ArtifactSizes.uncompressed(file).flash());
    } catch (IOException e) {
      return Optional.empty(); // nothing can be said of what cannot be read
    }
  }

  /// cargo gives some artifacts (WebAssembly modules, shared libraries) one name in its own folder
  /// whatever wrapper made them: after a build without Pollard they are stock, and still fresh for
  /// cargo. Those of which no report tells, or a report of another size, go, so that cargo makes
  /// them again.
  private static boolean dropOverwritten(List<Artifact> artifacts) throws IOException {
    boolean dropped = false;
    for (var artifact : artifacts) {
      var folder = Optional.ofNullable(artifact.file().getParent());
      if (!artifact.fresh() || folder.isEmpty()) {
        continue;
      }
      var own = folder.get().resolve("deps").resolve(artifact.file().getFileName());
      if (!Files.exists(own)) {
        continue;
      }
      var report = report(TargetFolder.report(folder.get(), artifact.name()));
      var size = flash(own);
      if (size.isPresent() && !report.map(r -> r.pruned().flash()).equals(size)) {
        Files.delete(own);
        dropped = true;
      }
    }
    return dropped;
  }

  private static Optional<BuildReport> report(Path file) {
    try {
      return Optional.of(BuildReportJson.read(file));
    } catch (IOException e) {
      // Written by another version, or half gone: there is nothing to repeat.
      return Optional.empty();
    }
  }

  /// The cargo to run. `cargo pollard` comes with the toolchain's own cargo in `CARGO`; a
  /// `+toolchain` needs rustup's proxy, which is the one on `PATH`.
  static String program(CargoArguments arguments, Map<String, String> environment) {
    var named = environment.getOrDefault("CARGO", "");
    return named.isEmpty() || arguments.toolchain().isPresent() ? "cargo" : named;
  }

  private Map<String, String> variables(CargoArguments arguments, Map<String, String> settings) {
    var variables = new HashMap<>(settings);
    variables.put("POLLARD_HOME", home.toString());
    var present = WorkspaceWrapper.find(environment, Path.of(""));
    if (present.isEmpty() || !present.get().isPollard()) {
      variables.put("RUSTC_WORKSPACE_WRAPPER", home.resolve("pollard-rustc").toString());
      present.ifPresent(w -> variables.put("POLLARD_CHAIN", w.program()));
    }
    var profile = arguments.profile();
    if (!UNOPTIMISED.contains(profile)) {
      var prefix = arguments.profileVariables();
      variables.put(CapturePolicy.PROFILE, profile);
      variables.put(prefix + "LTO", "fat");
      variables.put(prefix + "CODEGEN_UNITS", "1");
    }
    return variables;
  }
}
