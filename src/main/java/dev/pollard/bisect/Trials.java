package dev.pollard.bisect;

import dev.pollard.capture.Capture;
import dev.pollard.capture.Linker;
import dev.pollard.llvm.CodeGeneration;
import dev.pollard.pass.Change;
import dev.pollard.pass.PassOptions;
import dev.pollard.tune.Recipe;
import dev.pollard.worker.Job;
import dev.pollard.worker.WorkerException;
import dev.pollard.worker.WorkerLimits;
import dev.pollard.worker.WorkerPool;
import dev.pollard.worker.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Makes programs from one capture as a prune makes its last one: the same worker, the same
/// options, debug info included. Nothing is searched and nothing is taken from a cache.
final class Trials implements AutoCloseable {
  private static final Pattern RUNNING = Pattern.compile("BISECT: running pass \\((\\d+)\\) (.*)");

  private final Capture capture;
  private final WorkerLimits limits;
  private final WorkerPool pool;

  /// @param capture a copy that stays as long as this
  /// @throws WorkerException when no worker can be started
  Trials(Capture capture, WorkerLimits limits) throws WorkerException {
    this.capture = capture;
    this.limits = limits;
    pool = WorkerPool.launch(1, limits);
    pool.use(start(List.of()));
  }

  private Job.Start start(List<String> options) {
    return new Job.Start(capture.toolchain().libLlvm(), capture.target(), false, options);
  }

  /// rustc's code generation.
  CodeGeneration stockGeneration() {
    return CodeGeneration.ofOptLevel(capture.optLevel());
  }

  /// A folder for what is made.
  Path scratch() {
    return capture.directory();
  }

  /// A program, and the changes that made it.
  record Made(Path artifact, List<Change> changes) {}

  /// Makes a program; it stays until the next is made.
  ///
  /// @throws WorkerException when a worker fails, or the linker does
  Made make(Program program) throws WorkerException, IOException {
    return switch (program) {
      case Program.Stock _ -> new Made(capture.stockArtifact(), List.of());
      case Program.Emitted _ ->
          emit(
              capture.optimised(),
              Recipe.of(List.of(), stockGeneration()),
              PassOptions.of(capture.target().triple()),
              0);
      case Program.Pruned(var recipe, var options, var limit) ->
          emit(capture.bitcode(), recipe, options, limit);
    };
  }

  private Made emit(Path bitcode, Recipe recipe, PassOptions options, long limit)
      throws WorkerException, IOException {
    var object = scratch().resolve("trial.o");
    var done =
        pool.run(
            new Job.Compile(
                bitcode,
                capture.debugInfo(),
                recipe.passes(),
                options,
                recipe.generation(),
                Optional.of(object),
                true,
                OptionalInt.empty(),
                OptionalLong.of(limit)));
    var artifact =
        Files.createDirectories(scratch().resolve("trial"))
            .resolve(capture.stockArtifact().getFileName());
    Files.deleteIfExists(artifact);
    var link = Linker.again(capture, object, artifact);
    if (!link.succeeded() || !Files.exists(artifact)) {
      throw new WorkerException("it cannot be linked: " + link.firstError());
    }
    return new Made(artifact, done.changes());
  }

  /// A module between two passes.
  ///
  /// @param pass the pass that comes next, one of LLVM's pipelines
  record Halfway(Path bitcode, String pass, Program.Pruned program) {}

  /// The module as it is before the pass at `index` of a program's recipe.
  Halfway before(Program.Pruned program, int index) throws WorkerException {
    var passes = program.recipe().passes();
    var file = scratch().resolve("halfway.bc");
    var _ =
        pool.run(
            new Job.Optimize(
                capture.bitcode(),
                capture.debugInfo(),
                passes.subList(0, index),
                program.options(),
                program.recipe().generation().level(),
                OptionalLong.of(program.limit()),
                file));
    return new Halfway(file, passes.get(index), program);
  }

  /// A program that ran so many of a pipeline's own passes, on a function each.
  ///
  /// @param last the last one that ran, as LLVM names it; empty when none did
  /// @param ran its number
  record Partial(Path artifact, String last, long ran) {}

  /// Makes a program of a module between two passes by the first `limit` of LLVM's own passes in
  /// that pipeline, and nothing else: `-opt-bisect-limit`, which counts for a whole process.
  ///
  /// @param limit -1 for all
  Partial make(Halfway halfway, long limit) throws WorkerException, IOException {
    var log = scratch().resolve("llvm.log");
    var output = scratch().resolve("rest.bc");
    var program = halfway.program();
    try (var worker = WorkerProcess.launch(limits, log)) {
      var _ = worker.run(start(List.of("-opt-bisect-limit=" + limit)));
      var _ =
          worker.run(
              new Job.Optimize(
                  halfway.bitcode(),
                  capture.debugInfo(),
                  List.of(halfway.pass()),
                  program.options(),
                  program.recipe().generation().level(),
                  OptionalLong.empty(),
                  output));
    }
    var made =
        emit(output, Recipe.of(List.of(), program.recipe().generation()), program.options(), 0);
    long ran = 0;
    String last = "";
    try (var lines = Files.newBufferedReader(log)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        var matcher = RUNNING.matcher(line);
        if (matcher.lookingAt()) {
          ran = Long.parseLong(matcher.group(1));
          last = matcher.group(2);
        }
      }
    }
    Files.delete(log);
    return new Partial(made.artifact(), last, ran);
  }

  @Override
  public void close() {
    pool.close();
  }
}
