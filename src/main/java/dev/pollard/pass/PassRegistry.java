package dev.pollard.pass;

import dev.pollard.llvm.RunOptions;
import dev.pollard.pass.inlining.DecidedInlining;
import dev.pollard.pass.locations.PackedLocations;
import dev.pollard.pass.moves.FutureMoves;
import dev.pollard.pass.states.EqualStates;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Every pass there is, sorted by name. The order in which they run is [Pipeline]'s.
public final class PassRegistry {
  private static final List<Pass> ALL =
      List.<Pass>of(
              InlineThreshold.USUAL,
              llvm(
                  "clean-z",
                  "function(sroa,instcombine<no-verify-fixpoint>,dse,simplifycfg)",
                  "stores and slots that nothing reads any more",
                  RunOptions.SIZE),
              llvm("lto-2", "lto<O2>", "rustc's own LTO pipeline at 2", RunOptions.SPEED),
              llvm("lto-3", "lto<O3>", "rustc's own LTO pipeline at 3", RunOptions.MORE_SPEED),
              new CorePanics(),
              new DecidedInlining(),
              new FramePointers(),
              new ResumedAfterCompletion(),
              new EqualStates(),
              new FutureMoves(),
              new LinkerRelaxation(),
              new PackedLocations(PackedLocations.Names.CODED),
              new StaticAlignment(),
              llvm("lto-s", "lto<Os>", "rustc's own LTO pipeline at s", RunOptions.SIZE),
              llvm("lto-z", "lto<Oz>", "rustc's own LTO pipeline at z", RunOptions.SIZE),
              llvm(
                  "round-z",
                  "default<Oz>",
                  "LLVM's pipeline at z over the result",
                  RunOptions.SIZE),
              llvm(
                  "tail-z",
                  "function(newgvn),mergefunc",
                  "what pays once at the end",
                  RunOptions.SIZE))
          .stream()
          .sorted(Comparator.comparing((Pass p) -> p.info().name()))
          .toList();

  private PassRegistry() {}

  /// All passes, sorted by name.
  public static List<Pass> all() {
    return ALL;
  }

  /// The pass of that name.
  public static Optional<Pass> find(String name) {
    return ALL.stream().filter(p -> p.info().name().equals(name)).findFirst();
  }

  /// The passes of a list such as `resumed-panics,lto-z`; `llvm(…)` stands for any pipeline of
  /// LLVM's.
  ///
  /// @throws IllegalArgumentException when one is unknown
  public static List<Pass> parse(String list) {
    List<Pass> passes = new ArrayList<>();
    for (String name : split(list)) {
      if (name.startsWith("llvm(") && name.endsWith(")")) {
        String pipeline = name.substring("llvm(".length(), name.length() - 1);
        passes.add(llvm("llvm", pipeline, "LLVM's own passes", RunOptions.SIZE));
      } else if (InlineThreshold.parse(name).isPresent()) {
        passes.add(InlineThreshold.parse(name).get());
      } else if (PackedLocations.parse(name).isPresent()) {
        passes.add(PackedLocations.parse(name).get());
      } else {
        passes.add(
            find(name).orElseThrow(() -> new IllegalArgumentException("there is no pass " + name)));
      }
    }
    return List.copyOf(passes);
  }

  /// A pass of LLVM's own.
  public static LlvmPipeline llvm(
      String name, String pipeline, String summary, RunOptions options) {
    return new LlvmPipeline(
        new PassInfo(name, summary, PassInfo.Level.DEFAULT, Set.of()), pipeline, options);
  }

  /// Splits at commas outside brackets.
  private static List<String> split(String list) {
    List<String> names = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= list.length(); i++) {
      char c = i < list.length() ? list.charAt(i) : ',';
      depth += c == '(' || c == '<' ? 1 : c == ')' || c == '>' ? -1 : 0;
      if (c == ',' && (depth == 0 || i == list.length())) {
        if (i > start) {
          names.add(list.substring(start, i).strip());
        }
        start = i + 1;
      }
    }
    return names;
  }
}
