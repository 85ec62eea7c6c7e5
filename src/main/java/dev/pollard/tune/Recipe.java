package dev.pollard.tune;

import dev.pollard.llvm.CodeGeneration;
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
/// @param generation how the object is made
/// @param inlining what is decided about single calls; needs `inline-decisions` among the passes
public record Recipe(
    List<String> body, List<String> finish, CodeGeneration generation, InlineDecisions inlining) {
  public Recipe {
    body = List.copyOf(body);
    finish = List.copyOf(finish);
  }

  /// A recipe that leaves single calls to LLVM's inliner.
  public Recipe(List<String> body, List<String> finish, CodeGeneration generation) {
    this(body, finish, generation, InlineDecisions.NONE);
  }

  /// This one with single calls decided.
  public Recipe deciding(InlineDecisions decisions) {
    List<String> rest = without(body, DecidedInlining.NAME);
    return new Recipe(
        decisions.isEmpty() ? rest : joined(List.of(DecidedInlining.NAME), rest),
        finish,
        generation,
        decisions);
  }

  /// A recipe that ends with its body.
  public static Recipe of(List<String> passes, CodeGeneration generation) {
    return new Recipe(passes, List.of(), generation);
  }

  /// All passes in their order.
  public List<String> passes() {
    return joined(body, finish);
  }

  /// This one with more passes at its end, all of them its body.
  public Recipe then(List<String> more) {
    return new Recipe(joined(passes(), more), List.of(), generation, inlining);
  }

  /// This body with another finish.
  public Recipe finished(List<String> other) {
    return new Recipe(body, other, generation, inlining);
  }

  /// This one without a pass.
  public Recipe without(String pass) {
    return new Recipe(without(body, pass), without(finish, pass), generation, inlining);
  }

  /// This one with its object made in another way.
  public Recipe at(CodeGeneration other) {
    return new Recipe(body, finish, other, inlining);
  }

  /// This one without the passes that a build switches off.
  public Recipe allowed(Pipeline pipeline) {
    return new Recipe(pipeline.allowed(body), pipeline.allowed(finish), generation, inlining);
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
        + generation.word()
        + (inlining.isEmpty() ? "" : " with " + inlining);
  }
}
