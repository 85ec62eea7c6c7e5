package dev.pollard.llvm;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How a module becomes an object.
///
/// @param level how hard LLVM works
/// @param compact whether LLVM chooses the shorter code where it has a choice, see
///   [CodeGenOptions#compact]; else as rustc has it
public record CodeGeneration(CodeGenLevel level, boolean compact) {
  private static final String COMPACT = "-compact";

  /// As rustc has it at an `opt-level`: `0`, `1`, `2`, `3`, `s` or `z`.
  public static CodeGeneration ofOptLevel(String optLevel) {
    return of(CodeGenLevel.ofOptLevel(optLevel));
  }

  /// As rustc has it at a level.
  public static CodeGeneration of(CodeGenLevel level) {
    return new CodeGeneration(level, false);
  }

  /// All there are.
  public static List<CodeGeneration> all() {
    return Arrays.stream(CodeGenLevel.values())
        .flatMap(l -> Stream.of(of(l), new CodeGeneration(l, true)))
        .toList();
  }

  /// The one that [#word] spells so.
  public static Optional<CodeGeneration> ofWord(String word) {
    return all().stream().filter(c -> c.word().equals(word)).findFirst();
  }

  /// This one at another level.
  public CodeGeneration at(CodeGenLevel other) {
    return new CodeGeneration(other, compact);
  }

  /// As files and people spell it, such as `less-compact`.
  public String word() {
    return compact ? level.word() + COMPACT : level.word();
  }
}
