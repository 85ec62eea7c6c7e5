package dev.pollard.worker;

import dev.pollard.llvm.Context;
import dev.pollard.llvm.Module;
import dev.pollard.llvm.RunOptions;
import dev.pollard.pass.PassRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Modules that a worker keeps between jobs: the parsed input, and what it became after some
/// passes. A job whose passes begin with those of a kept module starts from a copy of it.
final class ModuleStore implements AutoCloseable {
  /// How many are kept beside the parsed input.
  private static final int CAPACITY = 3;

  private record Input(Path bitcode, boolean debugInfo) {}

  /// Where a job starts.
  ///
  /// @param module its own copy
  /// @param results what those of its passes did that have been run already
  record Start(Module module, List<PassRunner.Result> results) {}

  private record Kept(Module module, List<PassRunner.Result> results) {}

  private final Context context = new Context();
  private final Map<Input, Module> inputs = new LinkedHashMap<>();
  private final Map<List<String>, Kept> kept = new LinkedHashMap<>(8, 0.75f, true);

  /// A module for a job. What is kept for another input is dropped, unless the job is one of those
  /// that nobody comes back for.
  Start start(Job.Compile job) {
    var asked = new Input(job.bitcode(), job.debugInfo());
    if (job.keep().isEmpty()) {
      return new Start(parse(job.bitcode(), job.debugInfo()), List.of());
    }
    Module input = input(asked);
    for (int done = job.passes().size(); done > 0; done--) {
      Kept found = kept.get(key(job, done));
      if (found != null) {
        return new Start(found.module().copy(), found.results());
      }
    }
    return new Start(input.copy(), List.of());
  }

  private Module input(Input input) {
    Module found = inputs.get(input);
    if (found == null) {
      clear();
      found = parse(input.bitcode(), input.debugInfo());
      inputs.put(input, found);
    }
    return found;
  }

  /// Reads a program and writes what it reaches, with debug info and without; keeps the latter.
  ///
  /// @return the latter, to look at
  Module prepare(Path bitcode, Path whole, Path plain) {
    clear();
    Module module = context.parseReached(bitcode);
    module.run("globaldce", RunOptions.SIZE, Optional.empty());
    module.writeBitcode(whole);
    module.stripDebugInfo();
    module.writeBitcode(plain);
    inputs.put(new Input(plain, false), module);
    return module;
  }

  /// A module that is not kept here. What nothing reaches goes at once, and every copy is the
  /// cheaper.
  Module parse(Path bitcode, boolean debugInfo) {
    Module parsed = context.parse(bitcode);
    if (!debugInfo) {
      parsed.stripDebugInfo();
    }
    parsed.run("globaldce", RunOptions.SIZE, Optional.empty());
    return parsed;
  }

  /// Keeps a module as it is after some of the job's passes.
  ///
  /// @param results what they did, one for each
  void keep(Job.Compile job, Module module, List<PassRunner.Result> results) {
    Kept replaced = kept.put(key(job, results.size()), new Kept(module, results));
    if (replaced != null) {
      replaced.module().close();
    }
    var eldest = kept.entrySet().iterator();
    while (kept.size() > CAPACITY) {
      Kept dropped = eldest.next().getValue();
      eldest.remove();
      dropped.module().close();
    }
  }

  private static List<String> key(Job.Compile job, int passes) {
    List<String> key = new ArrayList<>(job.passes().subList(0, passes));
    key.add(job.options().toString());
    key.add(String.valueOf(job.verify()));
    return key;
  }

  private void clear() {
    kept.values().forEach(k -> k.module().close());
    kept.clear();
    inputs.values().forEach(Module::close);
    inputs.clear();
  }

  @Override
  public void close() {
    clear();
    context.close();
  }
}
