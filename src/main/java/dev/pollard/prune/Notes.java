package dev.pollard.prune;

import dev.pollard.llvm.CodeGeneration;
import dev.pollard.pass.inlining.InlineDecision;
import dev.pollard.pass.inlining.InlineDecisions;
import dev.pollard.report.PassGain;
import dev.pollard.tune.Recipe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What is known of a pruned object beside its bytes, kept with it from build to build.
///
/// @param recipe what made it
/// @param gains what each pass gave
/// @param stack its poll functions' stack
record Notes(Recipe recipe, List<PassGain> gains, StackFacts stack) {
  Notes {
    gains = List.copyOf(gains);
  }

  /// As lines; what may hold blanks comes last.
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("recipe " + recipe.generation().word() + " " + String.join(" ", recipe.passes()));
    recipe
        .inlining()
        .all()
        .forEach(d ->
            lines.add(
                "decision %s %d %s\t%s".formatted(d.kind(), d.site(), d.callee(), d.caller())));
    gains.forEach(g ->
        lines.add(
            "pass %d %s %s %s"
                .formatted(
                    g.count(), measured(g.flashSaved()), measured(g.stackSaved()), g.name())));
    lines.add("deepest " + stack.deepestPollPath());
    stack.pollFrames().forEach((name, bytes) -> lines.add("frame " + bytes + " " + name));
    return lines;
  }

  /// As [#read]; empty for lines that are damaged: the object beside them is pruned again.
  static Optional<Notes> tryRead(List<String> lines) {
    try {
      return Optional.of(read(lines));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Reads what [#lines] made.
  ///
  /// @throws IllegalArgumentException when they are something else
  static Notes read(List<String> lines) {
    List<PassGain> gains = new ArrayList<>();
    Map<String, Long> frames = new LinkedHashMap<>();
    long deepest = 0;
    Optional<Recipe> recipe = Optional.empty();
    List<InlineDecision> decisions = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.split(" ", words(line));
      switch (words[0]) {
        case "recipe" -> recipe = Optional.of(recipe(word(words, 1), word(words, 2)));
        case "decision" -> decisions.add(decision(words));
        case "pass" ->
            gains.add(
                new PassGain(
                    word(words, 4), number(words, 1), measured(words, 2), measured(words, 3)));
        case "deepest" -> deepest = number(words, 1);
        case "frame" -> frames.put(word(words, 2), number(words, 1));
        default -> throw new IllegalArgumentException("no note: " + line);
      }
    }
    return new Notes(
        recipe
            .map(r ->
                new Recipe(r.body(), r.finish(), r.generation(), new InlineDecisions(decisions)))
            .orElseThrow(() -> new IllegalArgumentException("no recipe")),
        gains,
        new StackFacts(frames, deepest));
  }

  private static int words(String line) {
    return line.startsWith("pass ") ? 5 : line.startsWith("decision ") ? 4 : 3;
  }

  private static InlineDecision decision(String[] words) {
    String[] names = word(words, 3).split("\t", -1);
    if (names.length != 2) {
      throw new IllegalArgumentException("no note: " + String.join(" ", words));
    }
    return new InlineDecision(
        InlineDecision.Kind.valueOf(word(words, 1)),
        names[0],
        names[1],
        Math.toIntExact(number(words, 2)));
  }

  private static Recipe recipe(String generation, String passes) {
    return Recipe.of(
        List.of(passes.split(" ")),
        CodeGeneration.ofWord(generation)
            .orElseThrow(() -> new IllegalArgumentException("no code generation: " + generation)));
  }

  /// A number, or a dash for one that nobody measured.
  private static String measured(OptionalLong value) {
    return value.isPresent() ? Long.toString(value.getAsLong()) : "-";
  }

  private static OptionalLong measured(String[] words, int index) {
    return word(words, index).equals("-")
        ? OptionalLong.empty()
        : OptionalLong.of(number(words, index));
  }

  private static long number(String[] words, int index) {
    return Long.parseLong(word(words, index));
  }

  private static String word(String[] words, int index) {
    if (index >= words.length) {
      throw new IllegalArgumentException("no note: " + String.join(" ", words));
    }
    return words[index];
  }
}
