package dev.pollard.build;

import dev.pollard.diagnostic.Progress;
import dev.pollard.report.BuildReport;

/// Hears what becomes of each artifact while it is built, and passes it on to people.
public interface BuildListener {
  /// Hears the steps of one artifact's prune.
  Progress progress(String artifact);

  /// The stock artifact stays.
  ///
  /// @param reason one line for people
  void stock(String artifact, String reason);

  /// Something beside the artifact went wrong.
  ///
  /// @param problem one line for people
  void warned(String artifact, String problem);

  /// An artifact is in its place, and its report is written if it can be.
  void finished(BuildReport report);
}
