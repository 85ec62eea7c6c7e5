package dev.pollard.tune;

import dev.pollard.report.TuneLog;
import java.util.Optional;
import java.util.OptionalInt;

/// What a prune takes from earlier searches, and what it hands on to later ones.
///
/// @param replay what `pollard tune` found for this program before; empty when it has not
/// @param request how to search for more; empty when nobody asked: then the replay is enough
/// @param listener hears what a search for more finds, as it finds it
public record Tuning(Optional<Tuned> replay, Optional<Request> request, Listener listener) {
  /// Nothing is known, and nobody asks.
  public static final Tuning NONE = new Tuning(Optional.empty(), Optional.empty(), (_, _) -> {});

  /// A search that was asked for.
  ///
  /// @param seed equal seeds search in the same order
  /// @param trials after how many evaluations it ends; empty: when time or ideas are spent
  public record Request(long seed, OptionalInt trials) {
    /// What a build searches with that is not asked for more.
    public static final Request USUAL = new Request(1, OptionalInt.empty());
  }

  /// Hears what a search finds.
  public interface Listener {
    /// A recipe that is better than all before.
    ///
    /// @param log how it came to it
    void better(Tuned tuned, TuneLog log);
  }
}
