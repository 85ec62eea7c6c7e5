package dev.pollard.tune;

import dev.pollard.llvm.CodeGenLevel;
import dev.pollard.pass.Pipeline;
import dev.pollard.pass.inlining.DecidedInlining;
import dev.pollard.pass.inlining.InlineDecisions;
import java.util.ArrayList;
import java.util.List;

/// Decisions for a whole program: passes in their order, then code generation.
///
/// @param body the passes up to where other recipes may go on in another way: what they make is
///   worth keeping; names for [dev.pollard.pass.PassRegistry#parse]
/// @param finish the passes after them
/// @param level how hard code generation works
/// @param inlining what is decided about single calls; needs `inline-decisions` among the passes
public record Recipe(
    List<String> body, List<String> finish, CodeGenLevel level, InlineDecisions inlining) {
  public Recipe {
    body = List.copyOf(body);
    finish = List.copyOf(finish);
  }

  /// A recipe that leaves single calls to LLVM's inliner.
  public Recipe(List<String> body, List<String> finish, CodeGenLevel level) {
    this(body, finish, level, InlineDecisions.NONE);
  }

  /// This one with single calls decided.
  public Recipe deciding(InlineDecisions decisions) {
    List<String> rest = without(body, DecidedInlining.NAME);
    return new Recipe(
        decisions.isEmpty() ? rest : joined(List.of(DecidedInlining.NAME), rest),
        finish,
        level,
        decisions);
  }

  /// A recipe that ends with its body.
  public static Recipe of(List<String> passes, CodeGenLevel level) {
    return new Recipe(passes, List.of(), level);
  }

  /// All passes in their order.
  public List<String> passes() {
    return joined(body, finish);
  }

  /// This one with more passes at its end, all of them its body.
  public Recipe then(List<String> more) {
    return new Recipe(joined(passes(), more), List.of(), level, inlining);
  }

  /// This body with another finish.
  public Recipe finished(List<String> other) {
    return new Recipe(body, other, level, inlining);
  }

  /// This one without a pass.
  public Recipe without(String pass) {
    return new Recipe(without(body, pass), without(finish, pass), level, inlining);
  }

  /// This one with code generation at another level.
  public Recipe at(CodeGenLevel other) {
    return new Recipe(body, finish, other, inlining);
  }

  /// This one without the passes that a build switches off.
  public Recipe allowed(Pipeline pipeline) {
    return new Recipe(pipeline.allowed(body), pipeline.allowed(finish), level, inlining);
  }

  private static List<String> joined(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private static List<String> without(List<String> passes, String pass) {
    return passes.stream().filter(p -> !p.equals(pass)).toList();
  }

  @Override
  public String toString() {
    return String.join(",", passes())
        + " @"
        + level.word()
        + (inlining.isEmpty() ? "" : " with " + inlining);
  }
}
