package dev.pollard.bisect;

import dev.pollard.llvm.CodeGeneration;
import dev.pollard.pass.Change;
import dev.pollard.pass.Pipeline;
import java.util.ArrayList;
import java.util.List;

/// What makes one program of a row out of the one before it.
sealed interface Step {
  /// What is done, for people.
  String name();

  /// The program with this step, and without those that follow.
  Program after();

  /// Code generation and link by Pollard instead of rustc, of the same optimised program.
  record Emission(Program after) implements Step {
    @Override
    public String name() {
      return "code generation by Pollard";
    }
  }

  /// rustc's own LTO pipeline, run by Pollard.
  record Lto(String pass, Program after) implements Step {
    @Override
    public String name() {
      return pass + " as rustc runs it";
    }
  }

  /// The changes of one pass.
  ///
  /// @param first the number of its first change
  /// @param last the number of its last
  record OfPass(String pass, long first, long last, Program.Pruned after) implements Step {
    @Override
    public String name() {
      return pass;
    }
  }

  /// Code generation as the recipe has it instead of rustc's.
  record Generation(CodeGeneration generation, Program after) implements Step {
    @Override
    public String name() {
      return "code generation at level " + generation.word();
    }
  }

  /// All steps from stock to the whole, in order.
  ///
  /// @param whole the pruned program
  /// @param changes what its passes changed, in order
  /// @param stock rustc's code generation
  static List<Step> of(Program.Pruned whole, List<Change> changes, CodeGeneration stock) {
    var asStock = new Program.Pruned(whole.recipe().at(stock), whole.options(), changes.size());
    var steps = new ArrayList<Step>();
    steps.add(new Emission(new Program.Emitted()));
    var lto = whole.recipe().passes().stream().filter(Pipeline::isBase).findFirst();
    steps.add(new Lto(lto.orElseThrow(), asStock.upTo(0)));
    int from = 0;
    for (int i = 1; i <= changes.size(); i++) {
      var pass = changes.get(from).pass();
      if (i == changes.size() || !changes.get(i).pass().equals(pass)) {
        steps.add(new OfPass(pass, from + 1L, i, asStock.upTo(i)));
        from = i;
      }
    }
    if (!whole.recipe().generation().equals(stock)) {
      steps.add(new Generation(whole.recipe().generation(), whole));
    }
    return steps;
  }
}
