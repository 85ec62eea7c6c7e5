package dev.pollard.advise;

import dev.pollard.advise.run.Host;
import dev.pollard.advise.run.RunFacts;
import dev.pollard.advise.run.ThreadCost;
import java.util.Optional;

/// All that the rules know.
///
/// @param run empty when the program was not run
/// @param thread what a thread costs on this machine; empty when it was not measured
public record Facts(
    ProgramFacts program, Optional<RunFacts> run, Optional<ThreadCost> thread, Host host) {}
