package dev.pollard.pass;

import dev.pollard.config.Goal;
import dev.pollard.config.Panics;
import dev.pollard.config.Settings;
import dev.pollard.pass.PassInfo.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The order in which passes run: the only place that knows it.
///
/// ```
/// head      Pollard's own passes, on the bitcode as rustc's LTO gets it
/// inlining  a threshold (size only), rustc's own LTO pipeline, then Pollard's passes on what it left
/// round     LLVM's pipeline once more, then the moves that it brought to light
/// finish    Pollard's passes that nothing need follow
/// tail      what pays once, at the end
/// ```
///
/// @param size whether bytes decide, or speed
/// @param optLevel `2`, `3`, `s` or `z`
/// @param firmware whether the program runs without an operating system
/// @param asked names of passes that run only when asked for, and are
/// @param disabled names of passes that are switched off
public record Pipeline(
    boolean size, String optLevel, boolean firmware, Set<String> asked, Set<String> disabled) {
  /// Global options of LLVM's that passes rely on: without the whole cost of a callee the inliner
  /// stops counting at its own threshold and never sees `inline-threshold`'s.
  public static final List<String> LLVM_OPTIONS = List.of("-inline-cost-full");

  /// What can be switched off without being a pass: the search for a recipe. The one that fits a
  /// program by its size is taken then.
  public static final String SEARCH = "tune";

  /// The passes before LLVM's LTO pipeline.
  private static final List<String> HEAD = List.of("resumed-panics", "panics", "frame-pointers");

  /// Pollard's own passes after LLVM's LTO pipeline, when blocks have their final form.
  private static final List<String> AFTER_LTO = List.of("future-moves", "equal-states");

  /// LLVM's pipeline inlines more, so that there are moves to find again. What reads them, a full
  /// pipeline, would cost more than it brings: the slots they leave are cleaned up.
  private static final List<String> ROUND = List.of("round-z", "future-moves", "clean-z");

  /// Prepare for code generation.
  private static final List<String> LAST = List.of("static-alignment", "linker-relaxation");

  /// What ends a recipe, the smallest result first; each later one needs less stack.
  private static final List<List<String>> FINISHES =
      Stream.of(
              Stream.of("packed-locations"),
              Stream.of("packed-locations(rows)"),
              Stream.<String>of())
          .map(locations -> Stream.concat(locations, LAST.stream()).toList())
          .toList();

  public Pipeline {
    asked = Set.copyOf(asked);
    disabled = Set.copyOf(disabled);
  }

  /// For a build: bytes decide at `s` and `z`, and where the user says so.
  public static Pipeline of(Settings settings, String optLevel, boolean firmware) {
    boolean size =
        settings
            .goal()
            .map(g -> g != Goal.SPEED)
            .orElse(optLevel.equals("s") || optLevel.equals("z"));
    Set<String> asked = settings.panics() == Panics.KEEP ? Set.of() : Set.of("panics");
    return new Pipeline(size, optLevel, firmware, asked, settings.disabledPasses());
  }

  /// Pollard's passes on the bitcode as rustc's LTO gets it.
  public List<String> head() {
    return enabled(HEAD);
  }

  /// rustc's own LTO pipeline, with its own inlining.
  public List<String> lto() {
    return List.of(
        switch (optLevel) {
          case "2" -> "lto-2";
          case "3" -> "lto-3";
          case "s" -> size ? "lto-z" : "lto-s";
          default -> "lto-z";
        });
  }

  /// rustc's own LTO pipeline with another inline threshold.
  public List<String> lto(int inlineThreshold) {
    List<String> passes = new ArrayList<>();
    passes.addAll(enabled(List.of("inline-threshold(" + inlineThreshold + ")")));
    passes.addAll(lto());
    passes.addAll(enabled(AFTER_LTO));
    return passes;
  }

  /// Whether a pass is rustc's own LTO pipeline: without it there is no program to compare with, so
  /// that it is no change that could be left out.
  public static boolean isBase(String pass) {
    return pass.startsWith("lto-");
  }

  /// One more round over the result.
  public List<String> round() {
    return enabled(ROUND);
  }

  /// The ways to finish, the smallest result first; each later one needs less stack. At least one.
  public List<List<String>> finishes() {
    return FINISHES.stream().map(this::enabled).distinct().toList();
  }

  /// What is done once, at the end.
  public List<String> tail() {
    return enabled(size ? List.of("tail-z") : List.of());
  }

  /// Those of `names` that this build runs; the base and what is spelled as LLVM's own stay.
  public List<String> allowed(List<String> names) {
    return names.stream()
        .filter(n -> isBase(n) || PassRegistry.find(bare(n)).isEmpty() || isEnabled(n))
        .toList();
  }

  private List<String> enabled(List<String> names) {
    return names.stream().filter(this::isEnabled).toList();
  }

  private boolean isEnabled(String name) {
    return !disabled.contains(bare(name)) && fits(bare(name));
  }

  private boolean fits(String name) {
    Optional<Level> level = PassRegistry.find(name).map(p -> p.info().level());
    return switch (level.orElseThrow(() -> new IllegalStateException("no pass " + name))) {
      case DEFAULT -> true;
      case SIZE -> size;
      case FIRMWARE -> firmware;
      case OPT_IN -> asked.contains(name);
    };
  }

  private static String bare(String name) {
    int bracket = name.indexOf('(');
    return bracket < 0 ? name : name.substring(0, bracket);
  }
}
