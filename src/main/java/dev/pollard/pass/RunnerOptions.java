package dev.pollard.pass;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// What the runner does beside running.
///
/// @param verify when LLVM's verifier looks
/// @param printAfter names of passes after which the module is printed; `*` for all
/// @param printChanged whether the module is printed after each pass that changed it
/// @param timePasses whether the time of each pass is printed at the end
/// @param changes how many changes are allowed, and who hears of them
/// @param disabled names of passes that are switched off
/// @param repro a folder that always holds the module as it was before the pass at hand, so that it
///   survives a crash
/// @param output where prints go
public record RunnerOptions(
    Verify verify,
    Set<String> printAfter,
    boolean printChanged,
    boolean timePasses,
    ChangeLimit changes,
    Set<String> disabled,
    Optional<Path> repro,
    PrintStream output) {
  /// When LLVM's verifier looks.
  public enum Verify {
    /// Never.
    NEVER,
    /// Before each of LLVM's passes that changes code, if passes of Pollard's changed something
    /// since the last look, and at the end: nothing that is broken comes to LLVM, which might make
    /// something whole and wrong of it.
    BETWEEN,
    /// Before the first pass and after each, so that the one that broke something is known.
    EACH
  }

  public RunnerOptions {
    printAfter = Set.copyOf(printAfter);
    disabled = Set.copyOf(disabled);
  }

  /// Verifies and prints nothing.
  public static RunnerOptions quiet() {
    return new RunnerOptions(
        Verify.EACH,
        Set.of(),
        false,
        false,
        ChangeLimit.NONE,
        Set.of(),
        Optional.empty(),
        System.err);
  }

  /// These with passes switched off.
  public RunnerOptions withDisabled(Set<String> names) {
    return new RunnerOptions(
        verify, printAfter, printChanged, timePasses, changes, names, repro, output);
  }

  /// These with LLVM's verifier at other times.
  public RunnerOptions withVerify(Verify times) {
    return new RunnerOptions(
        times, printAfter, printChanged, timePasses, changes, disabled, repro, output);
  }

  /// These with a limit of changes.
  public RunnerOptions withChanges(ChangeLimit limit) {
    return new RunnerOptions(
        verify, printAfter, printChanged, timePasses, limit, disabled, repro, output);
  }

  /// These with a folder for what is needed to see a failure again.
  public RunnerOptions withRepro(Path folder) {
    return new RunnerOptions(
        verify,
        printAfter,
        printChanged,
        timePasses,
        changes,
        disabled,
        Optional.of(folder),
        output);
  }
}
