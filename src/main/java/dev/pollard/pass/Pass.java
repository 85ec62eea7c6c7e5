package dev.pollard.pass;

/// One named change to a module. A pass only changes: [PassRunner] alone times, verifies and
/// prints.
public sealed interface Pass permits ModulePass, FunctionPass, LlvmPipeline {
  /// Its name and what the runner must know of it.
  PassInfo info();
}
