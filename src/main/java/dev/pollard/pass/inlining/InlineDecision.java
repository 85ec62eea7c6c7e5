package dev.pollard.pass.inlining;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// What becomes of one call.
///
/// @param kind whether the callee's body goes into the caller
/// @param callee the function that is called, by its [FunctionKeys] name
/// @param caller the function that holds the call before anything is inlined, by the same
/// @param site which of the caller's calls of that callee, from 0 in the order of the code
public record InlineDecision(Kind kind, String callee, String caller, int site)
    implements Comparable<InlineDecision> {
  /// What may become of a call.
  public enum Kind {
    /// The callee's body goes there, whatever LLVM's inliner thinks it costs.
    INLINE,
    /// It stays a call.
    APART;

    /// As files and people spell it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// What a word stands for.
    public static Optional<Kind> of(String word) {
      return Arrays.stream(values()).filter(k -> k.word().equals(word)).findFirst();
    }
  }

  private static final Comparator<InlineDecision> ORDER =
      Comparator.comparing(InlineDecision::callee)
          .thenComparing(InlineDecision::caller)
          .thenComparingInt(InlineDecision::site)
          .thenComparing(InlineDecision::kind);

  @Override
  public int compareTo(InlineDecision other) {
    return ORDER.compare(this, other);
  }
}
