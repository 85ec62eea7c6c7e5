package dev.pollard.worker;

import dev.pollard.llvm.Context;
import dev.pollard.llvm.Module;
import dev.pollard.llvm.RunOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Modules that a worker keeps between jobs: the parsed input, and what it became after some
/// passes. A job whose passes begin with those of a kept module starts from a copy of it.
final class ModuleStore implements AutoCloseable {
  /// How many are kept beside the parsed input.
  private static final int CAPACITY = 3;

  private record Input(Path bitcode, boolean debugInfo) {}

  /// Where a job starts.
  ///
  /// @param module its own copy
  /// @param done how many of its passes have been run already
  record Start(Module module, int done) {}

  private final Context context = new Context();
  private final Map<Input, Module> inputs = new LinkedHashMap<>();
  private final Map<List<String>, Module> kept = new LinkedHashMap<>(8, 0.75f, true);

  /// A module for a job. What is kept for another input is dropped, unless the job is one of those
  /// that nobody comes back for.
  Start start(Job.Compile job) {
    var asked = new Input(job.bitcode(), job.debugInfo());
    if (!job.remember()) {
      return new Start(take(job.bitcode(), job.debugInfo()), 0);
    }
    Module input = input(asked);
    for (int done = job.passes().size(); done > 0; done--) {
      Module found = kept.get(key(job, done));
      if (found != null) {
        return new Start(found.copy(), done);
      }
    }
    return new Start(input.copy(), 0);
  }

  /// A module that nobody comes back for: read ahead, or parsed now.
  Module take(Path bitcode, boolean debugInfo) {
    Module loaded = kept.isEmpty() ? inputs.remove(new Input(bitcode, debugInfo)) : null;
    return loaded == null ? parse(bitcode, debugInfo) : loaded;
  }

  /// Asks a question of an input without debug info, which is kept for the jobs to come.
  <T> T read(Path bitcode, Function<Module, T> question) {
    return question.apply(input(new Input(bitcode, false)));
  }

  /// Reads an input ahead: the next job that remembers nothing uses it up.
  void load(Path bitcode, boolean debugInfo) {
    var _ = input(new Input(bitcode, debugInfo));
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
  void prepare(Path bitcode, Path whole, Path plain) {
    clear();
    Module module = parse(bitcode, true);
    module.writeBitcode(whole);
    module.stripDebugInfo();
    module.writeBitcode(plain);
    inputs.put(new Input(plain, false), module);
  }

  /// What nothing reaches goes at once, and every copy is the cheaper.
  private Module parse(Path bitcode, boolean debugInfo) {
    Module parsed = context.parse(bitcode);
    if (!debugInfo) {
      parsed.stripDebugInfo();
    }
    parsed.run("globaldce", RunOptions.SIZE, Optional.empty());
    return parsed;
  }

  /// Keeps a module as it is after the job's passes.
  void keep(Job.Compile job, Module module) {
    Module replaced = kept.put(key(job, job.passes().size()), module);
    if (replaced != null) {
      replaced.close();
    }
    var eldest = kept.entrySet().iterator();
    while (kept.size() > CAPACITY) {
      Module dropped = eldest.next().getValue();
      eldest.remove();
      dropped.close();
    }
  }

  private static List<String> key(Job.Compile job, int passes) {
    List<String> key = new ArrayList<>(job.passes().subList(0, passes));
    key.add(job.options().toString());
    return key;
  }

  private void clear() {
    kept.values().forEach(Module::close);
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
