package dev.pollard.worker;

import dev.pollard.capture.TargetSpec;
import dev.pollard.llvm.BigStack;
import dev.pollard.llvm.CodeGenLevel;
import dev.pollard.llvm.CodeGenOptions;
import dev.pollard.llvm.LibLlvm;
import dev.pollard.llvm.LlvmException;
import dev.pollard.llvm.Module;
import dev.pollard.llvm.ObjectEmitter;
import dev.pollard.llvm.TargetMachine;
import dev.pollard.machine.PollFunctions;
import dev.pollard.pass.Change;
import dev.pollard.pass.ChangeLimit;
import dev.pollard.pass.Pass;
import dev.pollard.pass.PassException;
import dev.pollard.pass.PassOptions;
import dev.pollard.pass.PassRegistry;
import dev.pollard.pass.PassRunner;
import dev.pollard.pass.Pipeline;
import dev.pollard.pass.RunnerOptions;
import dev.pollard.pass.RunnerOptions.Verify;
import dev.pollard.pass.inlining.CallSites;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The child process: takes jobs until its standard input ends.
public final class Worker {
  /// The word by which `Main` knows it.
  public static final String NAME = "worker";

  private final PrintStream answers;
  private Optional<TargetSpec> target = Optional.empty();

  private Worker(PrintStream answers) {
    this.answers = answers;
  }

  /// Runs until standard input ends; the answers are all that goes to standard output.
  public static int run() throws Exception {
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    try (var jobs = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      return BigStack.call(() -> new Worker(answers).serve(jobs));
    }
  }

  private int serve(BufferedReader jobs) throws IOException {
    Optional<ModuleStore> store = Optional.empty();
    for (String line = jobs.readLine(); line != null; line = jobs.readLine()) {
      switch (Wire.job(line)) {
        case Job.Warm warm -> {
          warm(warm.library());
          say(Answer.Done.NOTHING);
        }
        case Job.Start start -> {
          try {
            List<String> options =
                new ArrayList<>(CodeGenOptions.of(start.target(), start.stackSizes()));
            options.addAll(Pipeline.LLVM_OPTIONS);
            options.addAll(start.options());
            LibLlvm.start(start.library(), options);
            target = Optional.of(start.target());
            store = Optional.of(new ModuleStore());
            say(Answer.Done.NOTHING);
          } catch (RuntimeException | UnsatisfiedLinkError e) {
            say(new Answer.Failed(message(e)));
          }
        }
        case Job.Prepare job ->
            say(prepare(job, store.orElseThrow(() -> new IOException("not started"))));
        case Job.Calls job ->
            say(calls(job, store.orElseThrow(() -> new IOException("not started"))));
        case Job.Optimize job ->
            say(optimize(job, store.orElseThrow(() -> new IOException("not started"))));
        case Job.Compile job ->
            say(compile(job, store.orElseThrow(() -> new IOException("not started"))));
      }
    }
    return 0;
  }

  private static void warm(Path library) {
    try {
      LibLlvm.load(library);
    } catch (RuntimeException | UnsatisfiedLinkError _) {
      // It happens again at the start, where it is told.
      return;
    }
  }

  private static Answer prepare(Job.Prepare job, ModuleStore store) {
    try {
      return new Answer.Polls(
          PollFunctions.of(store.prepare(job.bitcode(), job.whole(), job.plain())));
    } catch (LlvmException e) {
      return new Answer.Failed(message(e));
    }
  }

  private static Answer calls(Job.Calls job, ModuleStore store) {
    try (Module module = store.parse(job.bitcode(), false)) {
      return new Answer.Sites(CallSites.of(module));
    } catch (LlvmException e) {
      return new Answer.Failed(message(e));
    }
  }

  private Answer optimize(Job.Optimize job, ModuleStore store) {
    try (Module module = store.parse(job.bitcode(), job.debugInfo())) {
      Answer.Done done =
          run(module, job.passes(), job.options(), job.level(), Verify.EACH, job.limit());
      module.writeBitcode(job.output());
      return done;
    } catch (LlvmException | PassException | IllegalArgumentException e) {
      return new Answer.Failed(message(e));
    }
  }

  private Answer compile(Job.Compile job, ModuleStore store) {
    try {
      say(new Answer.Doing("parse"));
      ModuleStore.Start start = store.start(job);
      try (Module module = start.module()) {
        int keep = job.keep().orElse(0);
        Answer.Done done = new Answer.Done(start.results(), List.of());
        if (keep > start.results().size()) {
          done = done.then(run(module, job, start.results().size(), keep));
          store.keep(job, module.copy(), done.passes());
        }
        done = done.then(run(module, job, done.passes().size(), job.passes().size()));
        if (job.object().isPresent()) {
          say(new Answer.Doing("code generation"));
          ObjectEmitter.emit(
              module, target.orElseThrow(), job.generation(), job.object().orElseThrow());
        }
        return done;
      }
    } catch (LlvmException | PassException | IllegalArgumentException e) {
      return new Answer.Failed(message(e));
    }
  }

  /// Some of a job's passes.
  private Answer.Done run(Module module, Job.Compile job, int from, int to) {
    return run(
        module,
        job.passes().subList(from, to),
        job.options(),
        job.generation().level(),
        job.verify() ? Verify.BETWEEN : Verify.NEVER,
        job.limit());
  }

  private Answer.Done run(
      Module module,
      List<String> names,
      PassOptions options,
      CodeGenLevel level,
      Verify verify,
      OptionalLong limit) {
    List<Pass> passes = PassRegistry.parse(String.join(",", names));
    List<Change> changes = new ArrayList<>();
    RunnerOptions runner = RunnerOptions.quiet().withVerify(verify);
    if (limit.isPresent()) {
      runner =
          runner.withChanges(
              new ChangeLimit(
                  limit.getAsLong(),
                  (change, made) -> {
                    if (made) {
                      changes.add(change);
                    }
                  }));
    }
    try (TargetMachine machine = TargetMachine.create(target.orElseThrow(), level)) {
      var results =
          new PassRunner(options, runner, Optional.of(machine))
              .run(module, passes, pass -> say(new Answer.Doing(pass)));
      return new Answer.Done(results, changes);
    }
  }

  private void say(Answer answer) {
    answers.println(Wire.write((Record) answer));
  }

  private static String message(Throwable e) {
    String text = String.valueOf(e.getMessage());
    return text.lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
