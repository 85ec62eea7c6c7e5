package dev.pollard.cli;

import dev.pollard.cargo.Cargo;
import dev.pollard.cargo.CargoArguments;
import dev.pollard.cargo.Subcommand;
import dev.pollard.config.PackageMetadata;
import dev.pollard.config.Settings;
import dev.pollard.config.SettingsException;
import dev.pollard.config.SettingsLayer;
import dev.pollard.diagnostic.FileProblem;
import dev.pollard.report.table.Style;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What `build`, `run`, `test`, `bench` and `install` share: cargo's command of that name, with
/// pruned artifacts. All that is not Pollard's own option goes to cargo as it stands.
abstract sealed class CargoCommand implements Callable<Integer>, TakesCargoWords
    permits CargoCommand.Build,
        CargoCommand.Run,
        CargoCommand.Test,
        CargoCommand.Bench,
        CargoCommand.Install,
        BisectCommand,
        TuneCommand {
  @Spec private CommandSpec spec;

  @Mixin private SettingsOptions options;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this; cargo's own flags: cargo help COMMAND")
  @SuppressWarnings("UnusedVariable")
  private boolean help;

  @Parameters(hidden = true)
  private List<String> words = new ArrayList<>();

  private final Subcommand subcommand;

  CargoCommand(Subcommand subcommand) {
    this.subcommand = subcommand;
  }

  /// `pollard build`.
  @Command(
      name = "build",
      header = "cargo build --release, with pruned artifacts.",
      footer = {
        "",
        "All other options are cargo's: -p --bin --example --profile --target --features …",
        "The profile is release unless --profile or --dev says otherwise. LTO and codegen-units are",
        "set for this build alone; opt-level, panic, debug and strip stay yours."
      })
  static final class Build extends CargoCommand {
    @Option(names = "--dev", description = "cargo's dev profile, where nothing is pruned")
    private boolean dev;

    @Option(
        names = "--html",
        paramLabel = "OUT",
        description = "write a page that shows the program pruned and stock, side by side")
    private Optional<Path> html = Optional.empty();

    Build() {
      super(Subcommand.BUILD);
    }

    @Override
    Optional<String> complaint(CargoArguments cargo) {
      return html.isPresent() && cargo.messageFormat().isPresent()
          ? Optional.of("--html does not go with --message-format: run the build without one")
          : Optional.empty();
    }

    @Override
    int run(Request request, Map<String, String> environment) throws IOException {
      var cargo = request.start(environment);
      int exitCode = run(cargo, request);
      if (exitCode == 0 && html.isPresent()) {
        try {
          BuildPages.write(cargo.artifacts(), html.get(), out());
        } catch (IOException e) {
          errors().println("error: --html: " + FileProblem.of(e));
          return ExitCode.FAILED;
        }
      }
      return exitCode;
    }

    @Override
    boolean dev() {
      return dev;
    }
  }

  /// `pollard run`.
  @Command(
      name = "run",
      header = "cargo run --release, with a pruned program.",
      footer = {
        "",
        "All other options are cargo's, and what follows -- is the program's. Ends with the",
        "program's exit code. The profile is release unless --profile or --dev says otherwise."
      })
  static final class Run extends CargoCommand {
    @Option(names = "--dev", description = "cargo's dev profile, where nothing is pruned")
    private boolean dev;

    Run() {
      super(Subcommand.RUN);
    }

    @Override
    boolean dev() {
      return dev;
    }
  }

  /// `pollard test`.
  @Command(
      name = "test",
      header = "cargo test --release, with pruned test programs.",
      footer = {
        "",
        "All other options are cargo's, and what follows -- is the test programs'.",
        "The profile is release unless --profile or --dev says otherwise."
      })
  static final class Test extends CargoCommand {
    @Option(names = "--dev", description = "cargo's test profile, where nothing is pruned")
    private boolean dev;

    Test() {
      super(Subcommand.TEST);
    }

    @Override
    boolean dev() {
      return dev;
    }
  }

  /// `pollard bench`.
  @Command(
      name = "bench",
      header = "cargo bench, with pruned benchmarks.",
      footer = {"", "All other options are cargo's, and what follows -- is the benchmarks'."})
  static final class Bench extends CargoCommand {
    Bench() {
      super(Subcommand.BENCH);
    }
  }

  /// `pollard install`.
  @Command(
      name = "install",
      header = "cargo install, with pruned programs.",
      footer = {"", "All other options and the names of the packages are cargo's."})
  static final class Install extends CargoCommand {
    Install() {
      super(Subcommand.INSTALL);
    }
  }

  /// Whether `--dev` was given.
  boolean dev() {
    return false;
  }

  /// The words that are cargo's, of all that are not Pollard's own options.
  List<String> cargoWords(List<String> given) {
    return given;
  }

  /// What is wrong with the command line beside what picocli finds; empty when nothing is.
  Optional<String> complaint(CargoArguments cargo) {
    return Optional.empty();
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  PrintWriter errors() {
    return spec.commandLine().getErr();
  }

  /// What was given, read and checked.
  ///
  /// @param home Pollard's own folder
  /// @param layer the settings of the command line and the environment, for the wrapper
  /// @param settings all settings, with those of the manifest at hand
  record Request(CargoArguments cargo, Path home, SettingsLayer layer, Settings settings) {
    Style style(Map<String, String> environment) {
      return Terminal.console(cargo.color(), environment).outStyle();
    }

    Cargo start(Map<String, String> environment) {
      return new Cargo(home, environment, Terminal.console(cargo.color(), environment));
    }
  }

  @Override
  public Integer call() throws IOException {
    var errors = errors();
    var environment = System.getenv();
    var cargo = CargoArguments.of(subcommand, cargoWords(words), dev());
    var complaint = complaint(cargo);
    if (complaint.isPresent()) {
      errors.println("error: " + complaint.get());
      return ExitCode.USAGE;
    }
    var given = options.layer(cargo.isVerbose());
    Settings settings;
    try {
      KnownPasses.check(Settings.of(given));
    } catch (SettingsException e) {
      errors.println("error: " + e.getMessage());
      return ExitCode.USAGE;
    }
    var here = Path.of("").toAbsolutePath();
    var layer = SettingsLayer.ofEnvironment(environment, here).under(given);
    try {
      settings = Settings.of(manifest(cargo, here).under(layer));
      KnownPasses.check(settings);
    } catch (SettingsException e) {
      errors.println("error: " + e.getMessage());
      return ExitCode.FAILED;
    }
    var home = home();
    if (home.isEmpty()) {
      errors.println("error: start Pollard by its launcher, the script `pollard`");
      return ExitCode.FAILED;
    }
    try {
      return run(new Request(cargo, home.get(), layer, settings), environment);
    } catch (IOException e) {
      errors.println(
          "error: cannot run cargo: "
              + e.getMessage()
              + " (install Rust from https://rustup.rs, or set CARGO)");
      return ExitCode.FAILED;
    }
  }

  /// Does it.
  ///
  /// @return the exit code
  /// @throws IOException when cargo cannot be started
  int run(Request request, Map<String, String> environment) throws IOException {
    return run(request.start(environment), request);
  }

  static int run(Cargo cargo, Request request) throws IOException {
    return cargo.run(
        request.cargo(),
        request.layer().toEnvironment(),
        request.settings().denyFallback(),
        ExitCode.FAILED);
  }

  /// What the manifest at hand says. Each package of a workspace is read again where it is built;
  /// this finds a mistake before anything is compiled.
  private static SettingsLayer manifest(CargoArguments cargo, Path here) throws SettingsException {
    if (cargo.subcommand() == Subcommand.INSTALL && cargo.manifestFolder().isEmpty()) {
      return SettingsLayer.EMPTY;
    }
    var folder = PackageMetadata.enclosing(cargo.manifestFolder().orElse(here));
    return folder.isEmpty() ? SettingsLayer.EMPTY : PackageMetadata.read(folder.get()).layer();
  }

  /// Pollard's own folder, as the launcher names it.
  static Optional<Path> home() {
    return Optional.ofNullable(System.getProperty("pollard.home")).map(Path::of);
  }
}
