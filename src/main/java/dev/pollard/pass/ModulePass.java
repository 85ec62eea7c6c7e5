package dev.pollard.pass;

import dev.pollard.llvm.Module;

/// A pass that looks at a whole module.
///
/// Before it changes a function, it asks [PassContext#mayChange].
public non-sealed interface ModulePass extends Pass {
  /// Changes `module`.
  ///
  /// @return how many things changed; 0 if and only if the module is as it was
  long run(Module module, PassContext context);
}
