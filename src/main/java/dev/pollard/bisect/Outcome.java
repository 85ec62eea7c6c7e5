package dev.pollard.bisect;

/// How one test of a program ended.
///
/// @param how a few words, such as `exit code 1`
/// @param output the end of what the test printed
record Outcome(Verdict verdict, String how, String output) {
  /// A program that could not even be made.
  static Outcome skipped(String reason) {
    return new Outcome(Verdict.SKIPPED, reason, "");
  }
}
