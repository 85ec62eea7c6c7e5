package dev.pollard.worker;

import dev.pollard.machine.PollFunctions;
import dev.pollard.pass.Change;
import dev.pollard.pass.PassRunner;
import dev.pollard.pass.inlining.CallSites;
import java.util.List;
import java.util.stream.Stream;

/// What a worker says, one JSON line each.
public sealed interface Answer {
  /// The poll functions of a module.
  record Polls(PollFunctions found) implements Answer {}

  /// The calls of a module.
  record Sites(CallSites found) implements Answer {}

  /// The worker is about to do this: if it dies, this is what killed it.
  ///
  /// @param what a pass's name, or a word such as `parse`, `emit`
  record Doing(String what) implements Answer {}

  /// The job is done.
  ///
  /// @param passes what each pass did; only those that ran for this job
  /// @param changes the changes that were made, for a job with a limit of them
  record Done(List<PassRunner.Result> passes, List<Change> changes) implements Answer {
    /// Done, without any pass.
    static final Done NOTHING = new Done(List.of(), List.of());

    /// This, and what came after it.
    Done then(Done rest) {
      return new Done(
          Stream.concat(passes.stream(), rest.passes.stream()).toList(),
          Stream.concat(changes.stream(), rest.changes.stream()).toList());
    }

    public Done {
      passes = List.copyOf(passes);
      changes = List.copyOf(changes);
    }
  }

  /// The job could not be done; the worker lives.
  ///
  /// @param message one line for people
  record Failed(String message) implements Answer {}
}
