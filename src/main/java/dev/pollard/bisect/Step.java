package dev.pollard.bisect;

import dev.pollard.llvm.CodeGenLevel;
import dev.pollard.pass.Change;
import dev.pollard.pass.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

  /// Code generation at the recipe's level instead of rustc's.
  record Level(CodeGenLevel level, Program after) implements Step {
    @Override
    public String name() {
      return "code generation at level " + level.name().toLowerCase(Locale.ROOT);
    }
  }

  /// All steps from stock to the whole, in order.
  ///
  /// @param whole the pruned program
  /// @param changes what its passes changed, in order
  /// @param stockLevel rustc's level of code generation
  static List<Step> of(Program.Pruned whole, List<Change> changes, CodeGenLevel stockLevel) {
    var atStockLevel =
        new Program.Pruned(whole.recipe().at(stockLevel), whole.options(), changes.size());
    var steps = new ArrayList<Step>();
    steps.add(new Emission(new Program.Emitted()));
    var lto = whole.recipe().passes().stream().filter(Pipeline::isBase).findFirst();
    steps.add(new Lto(lto.orElseThrow(), atStockLevel.upTo(0)));
    int from = 0;
    for (int i = 1; i <= changes.size(); i++) {
      var pass = changes.get(from).pass();
      if (i == changes.size() || !changes.get(i).pass().equals(pass)) {
        steps.add(new OfPass(pass, from + 1L, i, atStockLevel.upTo(i)));
        from = i;
      }
    }
    if (whole.recipe().level() != stockLevel) {
      steps.add(new Level(whole.recipe().level(), whole));
    }
    return steps;
  }
}
