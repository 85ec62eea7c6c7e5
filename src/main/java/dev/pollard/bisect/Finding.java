package dev.pollard.bisect;

import dev.pollard.pass.Change;
import java.util.Optional;

/// What a bisection found.
///
/// @param step the step that breaks the program
/// @param change the first bad change; empty where the step has no changes that can be counted, or
///   where it could not be told which
/// @param llvm LLVM's own pass that breaks it, and on what, as LLVM names them; empty when it is
///   none of those or could not be told
/// @param cure what makes the program good again, tested; empty when nothing that was tried does
/// @param trials how many programs were tested
record Finding(
    Step step, Optional<Change> change, Optional<String> llvm, Optional<Cure> cure, int trials) {
  /// What can be asked of a build.
  sealed interface Cure {
    /// As `pollard build` takes it.
    String option();

    /// As `[package.metadata.pollard]` takes it.
    String setting();

    /// Leaving a function alone.
    record Keep(String pattern) implements Cure {
      @Override
      public String option() {
        return "--keep '" + pattern + "'";
      }

      @Override
      public String setting() {
        return "keep = ['" + pattern + "']";
      }
    }

    /// Switching a pass off.
    record Disable(String pass) implements Cure {
      @Override
      public String option() {
        return "--disable-pass " + pass;
      }

      @Override
      public String setting() {
        return "disable = [\"" + pass + "\"]";
      }
    }
  }
}
