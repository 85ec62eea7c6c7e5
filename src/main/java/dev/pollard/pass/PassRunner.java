package dev.pollard.pass;

import dev.pollard.llvm.Function;
import dev.pollard.llvm.LlvmException;
import dev.pollard.llvm.Module;
import dev.pollard.llvm.RunOptions;
import dev.pollard.llvm.TargetMachine;
import dev.pollard.pass.RunnerOptions.Verify;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// Runs passes: the only place that times, verifies, prints, and cleans up after them.
public final class PassRunner {
  /// What one run of one pass did.
  ///
  /// @param name the pass
  /// @param count how many things it changed
  /// @param time how long it took, without verifying and printing
  public record Result(String name, long count, Duration time) {}

  private final PassOptions options;
  private final RunnerOptions runner;
  private final Optional<TargetMachine> machine;

  /// A runner for modules of one target.
  public PassRunner(PassOptions options, RunnerOptions runner, Optional<TargetMachine> machine) {
    this.options = options;
    this.runner = runner;
    this.machine = machine;
  }

  /// Runs `passes` in their order on `module`.
  ///
  /// @return one result per pass that was not switched off
  /// @throws PassException when a pass breaks the module or fails; the module is spent then
  public List<Result> run(Module module, List<Pass> passes) {
    return run(module, passes, _ -> {});
  }

  /// As [#run(Module, List)], and tells the name of each pass before it runs: if the process dies,
  /// the last one named killed it.
  public List<Result> run(Module module, List<Pass> passes, Consumer<String> listener) {
    PassContext context = new PassContext(options, machine, runner.changes());
    List<String> unverified = new ArrayList<>();
    if (runner.verify() == Verify.EACH) {
      verify(module, "input");
    }
    List<Result> results = new ArrayList<>();
    for (Pass pass : passes) {
      String name = pass.info().name();
      if (!runner.disabled().contains(name)) {
        listener.accept(name);
        if (pass instanceof LlvmPipeline && runner.verify() == Verify.BETWEEN) {
          verify(module, unverified);
        }
        Result result = run(module, pass, context);
        results.add(result);
        if (result.count() > 0) {
          unverified.add(name);
        }
        if (runner.verify() == Verify.EACH) {
          verify(module, unverified);
        }
      }
    }
    if (runner.verify() == Verify.BETWEEN) {
      verify(module, unverified);
    }
    if (runner.timePasses()) {
      printTimes(results);
    }
    return List.copyOf(results);
  }

  private Result run(Module module, Pass pass, PassContext context) {
    String name = pass.info().name();
    context.enter(pass);
    saveRepro(module, name);
    String before = runner.printChanged() ? module.print() : "";
    long start = System.nanoTime();
    long count;
    try {
      count = change(module, pass, context);
      if (count > 0) {
        if (runner.verify() == Verify.BETWEEN
            && pass.info().effects().contains(PassInfo.Effect.LEAVES_DEAD_BLOCKS)) {
          verify(module, name);
        }
        cleanUp(module, pass);
      }
    } catch (LlvmException e) {
      throw new PassException(name, e);
    }
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    print(module, name, before);
    return new Result(name, count, time);
  }

  private long change(Module module, Pass pass, PassContext context) {
    return switch (pass) {
      case ModulePass p -> p.run(module, context);
      case FunctionPass p -> runOnFunctions(module, p, context);
      case LlvmPipeline p ->
          Pipeline.isBase(p.info().name()) || context.mayChangeModule()
              ? runPipeline(module, p)
              : 0;
    };
  }

  private static long runOnFunctions(Module module, FunctionPass pass, PassContext context) {
    long count = 0;
    for (Function function : module.functions()) {
      if (!function.isDeclaration() && !context.isExempt(function)) {
        count += pass.run(function, context);
      }
    }
    return count;
  }

  private long runPipeline(Module module, LlvmPipeline pipeline) {
    long before = module.instructionCount();
    module.run(pipeline.pipeline(), pipeline.options(), machine);
    return Math.max(1, before - module.instructionCount());
  }

  /// Removes what a pass said that it leaves behind.
  private void cleanUp(Module module, Pass pass) {
    var effects = pass.info().effects();
    if (effects.contains(PassInfo.Effect.LEAVES_DEAD_BLOCKS)) {
      module.run("function(simplifycfg)", RunOptions.SIZE, machine);
    }
    if (effects.contains(PassInfo.Effect.LEAVES_DEAD_GLOBALS)) {
      module.run("globaldce", RunOptions.SIZE, machine);
    }
  }

  private static void verify(Module module, List<String> changed) {
    if (!changed.isEmpty()) {
      verify(module, String.join(", ", changed));
      changed.clear();
    }
  }

  private static void verify(Module module, String pass) {
    module
        .verify()
        .ifPresent(m -> {
          throw new PassException(pass, "LLVM's verifier complains: " + m);
        });
  }

  private void print(Module module, String name, String before) {
    boolean asked = runner.printAfter().contains(name) || runner.printAfter().contains("*");
    if (!asked && !runner.printChanged()) {
      return;
    }
    String after = module.print();
    if (asked || !after.equals(before)) {
      runner.output().println("; *** IR after " + name + " ***");
      runner.output().print(after);
    } else {
      runner.output().println("; *** IR after " + name + " unchanged ***");
    }
  }

  private void printTimes(List<Result> results) {
    for (Result result : results) {
      runner
          .output()
          .println(
              String.format(
                  Locale.ROOT,
                  "%8.3f s  %8d  %s",
                  result.time().toNanos() / 1e9,
                  result.count(),
                  result.name()));
    }
  }

  private void saveRepro(Module module, String pass) {
    if (runner.repro().isEmpty()) {
      return;
    }
    Path folder = runner.repro().get();
    try {
      Files.createDirectories(folder);
      module.writeBitcode(folder.resolve("before.bc"));
      Files.writeString(
          folder.resolve("command.txt"),
          "pollard opt --passes="
              + pass
              + " --resumed-panics="
              + options.resumedPanics().name().toLowerCase(Locale.ROOT)
              + " --panics="
              + options.panics().name().toLowerCase(Locale.ROOT).replace('_', '-')
              + " before.bc -S -o after.ll\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
