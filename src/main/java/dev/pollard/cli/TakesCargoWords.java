package dev.pollard.cli;

/// A command to which every word that is no option of its own comes as cargo's, `--` and what
/// follows it too.
sealed interface TakesCargoWords permits CargoCommand, AdviseCommand, LintCommand {}
