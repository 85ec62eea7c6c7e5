package dev.pollard.pass.inlining;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

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
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (InlineDecision decision : all) {
        digest.update(
            "%s\t%s\t%s\t%d\n"
                .formatted(decision.kind(), decision.callee(), decision.caller(), decision.site())
                .getBytes(StandardCharsets.UTF_8));
      }
      return all.size() + " decisions " + HexFormat.of().formatHex(digest.digest(), 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
