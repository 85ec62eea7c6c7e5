package dev.pollard.diagnostic;

/// Hears what a prune is doing.
public interface Progress {
  /// A progress that nobody hears.
  Progress SILENT = (_, _, _, _) -> {};

  /// One step of the work.
  ///
  /// @param stage what is being done, such as `tune`
  /// @param done steps finished
  /// @param total steps expected; 0 when not known
  /// @param savedBytes flash bytes saved so far
  void step(String stage, int done, int total, long savedBytes);
}
