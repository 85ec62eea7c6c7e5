package dev.pollard.cli;

import dev.pollard.diagnostic.FileProblem;
import dev.pollard.mir.MirCompiler;
import dev.pollard.mir.MirFunction;
import dev.pollard.mir.MirJson;
import dev.pollard.mir.MirReport;
import dev.pollard.mir.MirReport.TwinCrate;
import dev.pollard.mir.MirText;
import dev.pollard.toolchain.ToolchainLocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pollard mir`: what rustc makes of an async function, beside its synchronous twin.
@Command(
    name = "mir",
    mixinStandardHelpOptions = true,
    version = PollardCommand.VERSION,
    description =
        "Shows the MIR of an async function by purpose, its states, and its synchronous twin.",
    footer = {
      "",
      "Without FUNCTION the crate's async functions are listed. FUNCTION is a name, or the end of a",
      "path. The twin is made by taking async and .await out of the sources, where that compiles.",
      "Before and after the state transform are shown where rustc tells them.",
      "",
      "  pollard mir bar --file foo.rs -C opt-level=z",
      "  pollard mir run --bin firmware --target thumbv7em-none-eabihf"
    })
final class MirCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "FUNCTION", description = "an async function")
  private Optional<String> function = Optional.empty();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "one source without dependencies, instead of the package at hand")
  private Optional<Path> file = Optional.empty();

  @Option(names = "--edition", paramLabel = "YEAR", description = "with --file; default: 2024")
  private String edition = "2024";

  @Option(
      names = "-C",
      paramLabel = "OPTION",
      description = "with --file: a code-generation option of rustc's, such as opt-level=z")
  private List<String> codegen = new ArrayList<>();

  @Option(
      names = "--mir-opt-level",
      paramLabel = "N",
      description = "how hard rustc optimises MIR (-Zmir-opt-level); default: rustc's own")
  private Optional<Integer> mirLevel = Optional.empty();

  @Option(
      names = "--twin",
      paramLabel = "NAME",
      description = "the twin is this function of the crate")
  private Optional<String> twin = Optional.empty();

  @Option(names = "--print", description = "print the MIR itself too")
  private boolean print;

  @Option(names = "--json", description = "print JSON (pollard.mir/1)")
  private boolean json;

  @Option(names = "--color", paramLabel = "WHEN", description = "auto, always or never")
  private Optional<String> color = Optional.empty();

  @Option(names = "--lib", description = "the package's library")
  private boolean lib;

  @Option(names = "--bin", paramLabel = "NAME", description = "a program of the package")
  private Optional<String> bin = Optional.empty();

  @Option(names = "--example", paramLabel = "NAME", description = "an example of the package")
  private Optional<String> example = Optional.empty();

  @Option(
      names = {"-p", "--package"},
      paramLabel = "NAME",
      description = "a package")
  private Optional<String> packageName = Optional.empty();

  @Option(names = "--target", paramLabel = "TRIPLE", description = "the target")
  private Optional<String> target = Optional.empty();

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "cargo's profile; default: release")
  private String profile = "release";

  @Option(names = "--features", paramLabel = "LIST", description = "cargo's features")
  private Optional<String> features = Optional.empty();

  @Option(names = "--manifest-path", paramLabel = "FILE", description = "the package's Cargo.toml")
  private Optional<Path> manifest = Optional.empty();

  @Option(names = "-Z", paramLabel = "FLAG", description = "cargo's unstable flags")
  private List<String> unstable = new ArrayList<>();

  @Override
  public Integer call() {
    var errors = spec.commandLine().getErr();
    if (file.isPresent() && !Files.isRegularFile(file.get())) {
      errors.println("error: " + file.get() + ": there is no such file");
      return ExitCode.FAILED;
    }
    try (var compiler = compiler()) {
      return show(compiler);
    } catch (IOException e) {
      errors.println("error: " + FileProblem.of(e));
      return ExitCode.FAILED;
    }
  }

  private MirCompiler compiler() throws IOException {
    var environment = System.getenv();
    if (file.isPresent()) {
      var rustc = environment.getOrDefault("RUSTC", "");
      return MirCompiler.ofFile(
          rustc.isEmpty() ? "rustc" : rustc,
          file.get(),
          edition,
          codegen.stream().map(c -> "-C" + c).toList());
    }
    var cargo = environment.getOrDefault("CARGO", "");
    return MirCompiler.ofPackage(
        cargo.isEmpty() ? "cargo" : cargo,
        cargoWords(),
        ToolchainLocator.userCache(environment)
            .orElse(Path.of(System.getProperty("java.io.tmpdir"), "pollard"))
            .resolve("mir"));
  }

  private List<String> cargoWords() {
    List<String> words = new ArrayList<>(List.of("--profile", profile));
    if (lib) {
      words.add("--lib");
    }
    option(words, "--bin", bin);
    option(words, "--example", example);
    option(words, "--package", packageName);
    option(words, "--target", target);
    option(words, "--features", features);
    option(words, "--manifest-path", manifest.map(Path::toString));
    unstable.forEach(u -> words.add("-Z" + u));
    return words;
  }

  private static void option(List<String> words, String name, Optional<String> value) {
    value.ifPresent(v -> words.addAll(List.of(name, v)));
  }

  private int show(MirCompiler compiler) throws IOException {
    var out = spec.commandLine().getOut();
    var errors = spec.commandLine().getErr();
    List<String> more = mirLevel.map(l -> List.of("-Zmir-opt-level=" + l)).orElse(List.of());
    List<MirFunction> functions = compiler.functions(more);
    List<String> names = MirReport.asyncFunctions(functions);
    if (function.isEmpty()) {
      names.forEach(out::println);
      out.flush();
      return ExitCode.DONE;
    }
    List<String> found = MirReport.matching(names, function.get());
    if (found.size() != 1) {
      errors.println(
          found.isEmpty()
              ? "error: the crate has no async function "
                  + function.get()
                  + " (pollard mir without a name lists those that it has; a generic one is there too)"
              : "error: " + function.get() + " is one of " + String.join(", ", found));
      return ExitCode.FAILED;
    }
    if (twin.isPresent() && functions.stream().noneMatch(f -> f.name().equals(twin.get()))) {
      errors.println("error: --twin: the crate has no function " + twin.get());
      return ExitCode.FAILED;
    }
    MirReport report =
        MirReport.of(
            found.getFirst(),
            compiler.version(),
            compiler.flags() + mirLevel.map(l -> ", mir-opt-level " + l).orElse(""),
            functions,
            compiler.aroundTransform("before"),
            compiler.aroundTransform("after"),
            twins(compiler, more));
    out.print(
        json
            ? MirJson.render(report) + "\n"
            : MirText.render(report, Terminal.console(color, System.getenv()).outStyle(), print));
    out.flush();
    return ExitCode.DONE;
  }

  private TwinCrate twins(MirCompiler compiler, List<String> more) {
    if (twin.isPresent()) {
      return new TwinCrate(List.of(), twin, Optional.empty());
    }
    try {
      return new TwinCrate(compiler.twin(more), Optional.empty(), Optional.empty());
    } catch (IOException e) {
      return new TwinCrate(
          List.of(),
          Optional.empty(),
          Optional.of("without async and .await the crate does not compile: " + e.getMessage()));
    }
  }
}
