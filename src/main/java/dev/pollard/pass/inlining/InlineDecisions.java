package dev.pollard.pass.inlining;

import dev.pollard.files.Sha256;
import java.util.List;
import java.util.stream.Collectors;

/// What becomes of the calls of a program that something was decided about.
///
/// @param all sorted, each once
public record InlineDecisions(List<InlineDecision> all) {
  /// Everything is left to LLVM's inliner.
  public static final InlineDecisions NONE = new InlineDecisions(List.of());

  public InlineDecisions {
    all = all.stream().sorted().distinct().toList();
  }

  /// Whether nothing is decided.
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /// How many there are, and a digest of them: equal for equal decisions, and short where it serves
  /// as a part of a key.
  @Override
  public String toString() {
    String text =
        all.stream()
            .map(d -> "%s\t%s\t%s\t%d\n".formatted(d.kind(), d.callee(), d.caller(), d.site()))
            .collect(Collectors.joining());
    return all.size() + " decisions " + Sha256.key(text);
  }
}
