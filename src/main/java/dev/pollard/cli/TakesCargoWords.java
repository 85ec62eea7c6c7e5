package dev.pollard.cli;

/// A command of which all that is not an option of its own is cargo's: see [Passthrough].
interface TakesCargoWords {}
