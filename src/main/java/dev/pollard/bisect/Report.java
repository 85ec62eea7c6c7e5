package dev.pollard.bisect;

import dev.pollard.name.RustSymbol;
import dev.pollard.pass.Change;
import java.util.ArrayList;
import java.util.List;

/// A finding for people: what breaks the program, what to do, what to report.
record Report(Finding finding, int changes, Program.Pruned whole) {
  List<String> lines() {
    var lines = new ArrayList<String>();
    switch (finding.step()) {
      case Step.Emission _ -> {
        lines.add("It breaks before any pass: " + finding.step().name() + ",");
        lines.add("of the very program that rustc optimised.");
      }
      case Step.Lto _ ->
          lines.add("It breaks by " + finding.step().name() + ", before any change.");
      case Step.Generation _ ->
          lines.add("It breaks by LLVM's " + finding.step().name() + ", after all passes.");
      case Step.OfPass(var pass, _, _, _) -> {
        lines.add("It breaks by this:");
        lines.add("  pass      " + pass + " (docs/passes/" + pass + ".md)");
        finding.change().ifPresent(c -> describe(c, lines));
      }
    }
    finding.llvm().ifPresent(l -> lines.add("  LLVM's    " + l));
    lines.add("  recipe    " + whole.recipe());
    lines.add("");
    finding
        .cure()
        .ifPresentOrElse(
            cure -> {
              lines.add("The program is good, and otherwise pruned as before, with");
              lines.add("  pollard build " + cure.option());
              lines.add("or, in Cargo.toml under [package.metadata.pollard],");
              lines.add("  " + cure.setting());
            },
            () -> {
              lines.add("No option that would leave this out was found to make the program good:");
              lines.add("build it by cargo alone.");
            });
    lines.add("");
    lines.add(
        "A program that only works unpruned may also hold undefined behaviour of its own, in");
    lines.add(
        "unsafe code that this change brings to light. If it does not, please report this with");
    lines.add("the file that the same command makes with --repro FILE.");
    return lines;
  }

  private void describe(Change change, List<String> lines) {
    if (change.function().isEmpty()) {
      lines.add("  function  the whole module at once: the pass is LLVM's own");
    } else {
      lines.add("  function  " + RustSymbol.demangle(change.function()));
      lines.add("  symbol    " + change.function());
    }
    if (!change.detail().isEmpty()) {
      lines.add("  what      " + change.detail());
    }
    lines.add("  change    " + change.number() + " of " + changes);
  }
}
