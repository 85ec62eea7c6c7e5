package dev.pollard.tune;

import dev.pollard.llvm.CodeGenLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Decisions for a whole program: passes in their order, then code generation.
///
/// @param passes names for [dev.pollard.pass.PassRegistry#parse]
/// @param level how hard code generation works
public record Recipe(List<String> passes, CodeGenLevel level) {
  public Recipe {
    passes = List.copyOf(passes);
  }

  /// This one with more passes at its end.
  public Recipe then(List<String> more) {
    List<String> longer = new ArrayList<>(passes);
    longer.addAll(more);
    return new Recipe(longer, level);
  }

  /// This one without its last passes.
  public Recipe withoutLast(int count) {
    return new Recipe(passes.subList(0, passes.size() - count), level);
  }

  /// This one without a pass.
  public Recipe without(String pass) {
    return new Recipe(passes.stream().filter(p -> !p.equals(pass)).toList(), level);
  }

  /// This one with code generation at another level.
  public Recipe at(CodeGenLevel other) {
    return new Recipe(passes, other);
  }

  @Override
  public String toString() {
    return String.join(",", passes) + " @" + level.name().toLowerCase(Locale.ROOT);
  }
}
