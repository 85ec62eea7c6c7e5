package dev.pollard.cli;

import dev.pollard.capture.TargetSpec;
import dev.pollard.config.Panics;
import dev.pollard.config.ResumedPanics;
import dev.pollard.llvm.BigStack;
import dev.pollard.llvm.CodeGenLevel;
import dev.pollard.llvm.Context;
import dev.pollard.llvm.LibLlvm;
import dev.pollard.llvm.LlvmException;
import dev.pollard.llvm.Module;
import dev.pollard.llvm.TargetMachine;
import dev.pollard.pass.Change;
import dev.pollard.pass.ChangeLimit;
import dev.pollard.pass.KeepList;
import dev.pollard.pass.Pass;
import dev.pollard.pass.PassException;
import dev.pollard.pass.PassOptions;
import dev.pollard.pass.PassRegistry;
import dev.pollard.pass.PassRunner;
import dev.pollard.pass.Pipeline;
import dev.pollard.pass.RunnerOptions;
import dev.pollard.pass.inlining.InlineDecisions;
import dev.pollard.toolchain.ToolchainException;
import dev.pollard.toolchain.ToolchainLocator;
import dev.pollard.tune.TuneFile;
import dev.pollard.tune.TuneFileException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pollard opt`: runs named passes on one module, like LLVM's `opt`.
@Command(
    name = "opt",
    mixinStandardHelpOptions = true,
    description = "Runs named passes on one module of bitcode or textual IR.")
public final class OptCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "bitcode or textual IR")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--passes",
      paramLabel = "A,B,…",
      description = "passes in order; llvm(TEXT) is a pipeline of LLVM's own")
  private String passes = "";

  @Option(
      names = "-o",
      paramLabel = "OUT",
      description = "where to write; default: stdout, as text")
  private Optional<Path> output = Optional.empty();

  @Option(names = "-S", description = "write text instead of bitcode")
  private boolean text;

  @Option(names = "--list", description = "list the passes and end")
  private boolean list;

  @Option(
      names = "--llvm",
      paramLabel = "LIBRARY",
      description = "the libLLVM to use; default: the one that rustc itself loads")
  private Optional<Path> library = Optional.empty();

  @Option(
      names = "--llvm-option",
      paramLabel = "OPTION",
      description = "a global option of LLVM's, such as -inline-threshold=50; repeatable")
  private List<String> llvmOptions = new ArrayList<>();

  @Option(
      names = "--resumed-panics",
      paramLabel = "MODE",
      description = "shared, trap, pending or keep; default: shared")
  private String resumedPanics = "shared";

  @Option(
      names = "--panics",
      paramLabel = "MODE",
      description = "keep, no-location or trap; default: keep")
  private String panics = "keep";

  @Option(
      names = "--frame-pointers",
      paramLabel = "WHO",
      description = "who wants them: none, target-default or forced; default: target-default")
  private String framePointers = "target-default";

  @Option(
      names = "--keep",
      paramLabel = "REGEX",
      description = "leave functions alone whose demangled name matches; repeatable")
  private List<String> keep = new ArrayList<>();

  @Option(
      names = "--tune",
      paramLabel = "FILE",
      description = "decisions for inline-decisions: those of the one program in a pollard.tune")
  private Optional<Path> tune = Optional.empty();

  @Option(
      names = "--print-after",
      paramLabel = "PASS",
      description = "print the module after this pass, or after each for *; repeatable")
  private List<String> printAfter = new ArrayList<>();

  @Option(
      names = "--print-changed",
      description = "print the module after each pass that changed it")
  private boolean printChanged;

  @Option(names = "--time-passes", description = "print how long each pass took")
  private boolean timePasses;

  @Option(
      names = "--bisect-limit",
      paramLabel = "N",
      description = "allow only the first N changes and print each")
  private Optional<Long> bisectLimit = Optional.empty();

  @Option(
      names = "--repro",
      paramLabel = "FOLDER",
      description = "keep there the module as it was before the pass at hand")
  private Optional<Path> repro = Optional.empty();

  private List<PassRunner.Result> results = List.of();

  /// What each pass did, once the command has run.
  List<PassRunner.Result> results() {
    return results;
  }

  @Override
  public Integer call() throws Exception {
    if (list) {
      listPasses(spec.commandLine().getOut());
      return ExitCode.DONE;
    }
    PrintWriter errors = spec.commandLine().getErr();
    List<Pass> chosen;
    try {
      chosen = PassRegistry.parse(passes);
      checkModes();
    } catch (IllegalArgumentException e) {
      errors.println("error: " + e.getMessage());
      return ExitCode.USAGE;
    }
    if (file.isEmpty()) {
      errors.println("error: which file?");
      return ExitCode.USAGE;
    }
    Path input = file.get();
    try {
      InlineDecisions decided = decisions();
      List<String> options = new ArrayList<>(Pipeline.LLVM_OPTIONS);
      options.addAll(llvmOptions);
      LibLlvm.start(locateLibrary().toAbsolutePath(), options);
      return BigStack.call(() -> run(input, chosen, decided));
    } catch (LlvmException
        | PassException
        | ToolchainException
        | TuneFileException
        | IOException e) {
      errors.println("error: " + e.getMessage());
      return ExitCode.FAILED;
    }
  }

  private int run(Path input, List<Pass> chosen, InlineDecisions decided) throws IOException {
    try (Context context = new Context();
        Module module = context.parse(input)) {
      Optional<TargetMachine> machine =
          module.triple().isEmpty()
              ? Optional.empty()
              : Optional.of(TargetMachine.create(module.triple(), CodeGenLevel.DEFAULT));
      try {
        results =
            new PassRunner(passOptions(module.triple()).with(decided), runnerOptions(), machine)
                .run(module, chosen);
      } finally {
        machine.ifPresent(TargetMachine::close);
      }
      write(module);
    }
    return ExitCode.DONE;
  }

  private InlineDecisions decisions() throws IOException, TuneFileException {
    if (tune.isEmpty()) {
      return InlineDecisions.NONE;
    }
    if (!Files.exists(tune.get())) {
      throw new TuneFileException(tune.get() + ": there is no such file");
    }
    var programs = TuneFile.read(tune.get()).programs();
    if (programs.size() != 1) {
      throw new TuneFileException(
          tune.get() + ": holds " + programs.size() + " programs; leave the one that is meant");
    }
    return programs.firstEntry().getValue().recipe().inlining();
  }

  private void write(Module module) throws IOException {
    if (output.isEmpty()) {
      spec.commandLine().getOut().print(module.print());
      spec.commandLine().getOut().flush();
    } else if (text) {
      Files.writeString(output.get(), module.print());
    } else {
      module.writeBitcode(output.get());
    }
  }

  private Path locateLibrary() throws ToolchainException {
    if (library.isPresent()) {
      return library.get();
    }
    return new ToolchainLocator(ToolchainLocator.userCache(System.getenv()))
        .locate(System.getenv().getOrDefault("RUSTC", "rustc"))
        .libLlvm();
  }

  private PassOptions passOptions(String triple) {
    return PassOptions.of(triple)
        .with(mode(ResumedPanics.class, resumedPanics))
        .with(mode(Panics.class, panics))
        .with(mode(TargetSpec.FramePointers.class, framePointers))
        .with(new KeepList(keep.stream().map(Pattern::compile).toList()));
  }

  private void checkModes() {
    var _ = passOptions("");
  }

  private static <E extends Enum<E>> E mode(Class<E> type, String text) {
    return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private RunnerOptions runnerOptions() {
    return new RunnerOptions(
        RunnerOptions.Verify.EACH,
        Set.copyOf(printAfter),
        printChanged,
        timePasses,
        new ChangeLimit(bisectLimit.orElse(Long.MAX_VALUE), this::tell),
        Set.of(),
        repro,
        System.err);
  }

  private void tell(Change change, boolean made) {
    if (bisectLimit.isPresent()) {
      System.err.println("BISECT: " + (made ? "running " : "NOT running ") + change);
    }
  }

  private static void listPasses(PrintWriter out) {
    for (Pass pass : PassRegistry.all()) {
      out.printf("%-20s %s%n", pass.info().name(), pass.info().summary());
    }
  }
}
