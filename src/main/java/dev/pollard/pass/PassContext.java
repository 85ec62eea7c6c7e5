package dev.pollard.pass;

import dev.pollard.llvm.Function;
import dev.pollard.llvm.TargetMachine;
import java.util.Optional;

/// What a pass sees of its run: the options, and whether it may touch a function.
///
/// One context serves one run of a pipeline: it counts the changes for a bisection.
public final class PassContext {
  private final PassOptions options;
  private final Optional<TargetMachine> machine;
  private final ChangeLimit limit;
  private String pass = "";
  private long changes;

  /// A context that allows every change that the options allow.
  public PassContext(PassOptions options, Optional<TargetMachine> machine) {
    this(options, machine, ChangeLimit.NONE);
  }

  /// A context that allows so many changes.
  PassContext(PassOptions options, Optional<TargetMachine> machine, ChangeLimit limit) {
    this.options = options;
    this.machine = machine;
    this.limit = limit;
  }

  /// What passes are asked for.
  public PassOptions options() {
    return options;
  }

  /// The machine that code is generated for; LLVM's cost models need it.
  public Optional<TargetMachine> machine() {
    return machine;
  }

  /// Whether the pass at hand may change `function`: not what the user keeps, not what must run as
  /// it was written (`optnone`, `naked`), and not past a bisection's limit. Ask once per function
  /// that would change.
  public boolean mayChange(Function function) {
    return mayChange(function, "");
  }

  /// As [#mayChange(Function)], for one of several changes to a function, each of which can be left
  /// out. Ask right before it is made.
  ///
  /// @param detail what would change, for people
  public boolean mayChange(Function function, String detail) {
    return !isExempt(function) && permit(function.name(), detail);
  }

  /// Whether no pass may change `function`, whatever the bisection limit.
  public boolean isExempt(Function function) {
    return options.keep().keeps(function)
        || function.attributes().has("optnone")
        || function.attributes().has("naked");
  }

  /// Whether `function` may gain calls to other functions. Code with a section of its own runs from
  /// RAM or before memory is set up: it must not call into flash on Pollard's account.
  public boolean mayGainCalls(Function function) {
    return function.section().isEmpty();
  }

  /// Counts one change of the whole module.
  boolean mayChangeModule() {
    return permit("", "");
  }

  private boolean permit(String function, String detail) {
    return limit.allows(new Change(++changes, pass, function, detail));
  }

  void enter(Pass next) {
    pass = next.info().name();
  }
}
