package dev.pollard.mir;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A basic block of MIR.
///
/// @param label such as `bb3`
/// @param cleanup whether it runs while unwinding
/// @param statements its lines, the terminator last
public record MirBlock(String label, boolean cleanup, List<String> statements) {
  private static final Pattern TARGET = Pattern.compile("\\bbb\\d+\\b");

  public MirBlock {
    statements = List.copyOf(statements);
  }

  /// Where control may go next.
  public List<String> successors() {
    List<String> targets = new ArrayList<>();
    if (!statements.isEmpty()) {
      Matcher matcher = TARGET.matcher(statements.getLast());
      while (matcher.find()) {
        targets.add(matcher.group());
      }
    }
    return targets;
  }
}
