package dev.pollard.pass;

import dev.pollard.llvm.Function;
import dev.pollard.llvm.TargetMachine;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// What a pass sees of its run: the options, and whether it may touch a function.
///
/// One context serves one run of a pipeline: it counts the changes for `--bisect-limit`.
public final class PassContext {
  private final PassOptions options;
  private final Optional<TargetMachine> machine;
  private final OptionalLong bisectLimit;
  private final Consumer<String> bisectLog;
  private String pass = "";
  private long permits;

  /// A context that allows every change that the options allow.
  public PassContext(PassOptions options, Optional<TargetMachine> machine) {
    this(options, machine, OptionalLong.empty(), _ -> {});
  }

  /// A context that allows the first `bisectLimit` changes and logs each.
  PassContext(
      PassOptions options,
      Optional<TargetMachine> machine,
      OptionalLong bisectLimit,
      Consumer<String> bisectLog) {
    this.options = options;
    this.machine = machine;
    this.bisectLimit = bisectLimit;
    this.bisectLog = bisectLog;
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
  /// it was written (`optnone`, `naked`), and not past the bisection limit. Ask once per function
  /// that would change.
  public boolean mayChange(Function function) {
    return !isExempt(function) && permit(function.name());
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

  /// Counts one change against the bisection limit.
  boolean permit(String what) {
    permits++;
    boolean allowed = bisectLimit.isEmpty() || permits <= bisectLimit.getAsLong();
    if (bisectLimit.isPresent()) {
      bisectLog.accept(
          "BISECT: %s (%d) %s on %s"
              .formatted(allowed ? "running" : "NOT running", permits, pass, what));
    }
    return allowed;
  }

  void enter(Pass next) {
    pass = next.info().name();
  }
}
