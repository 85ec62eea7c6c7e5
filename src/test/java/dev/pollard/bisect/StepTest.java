package dev.pollard.bisect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.llvm.CodeGenLevel;
import dev.pollard.llvm.CodeGeneration;
import dev.pollard.name.RustSymbol;
import dev.pollard.pass.Change;
import dev.pollard.pass.PassOptions;
import dev.pollard.tune.Recipe;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StepTest {
  private static final Program.Pruned WHOLE =
      new Program.Pruned(
          Recipe.of(
              List.of("resumed-panics", "lto-z", "round-z"), CodeGeneration.of(CodeGenLevel.LESS)),
          PassOptions.of(""),
          Long.MAX_VALUE);

  private static final List<Change> CHANGES =
      List.of(
          new Change(1, "resumed-panics", "f", ""),
          new Change(2, "resumed-panics", "g", ""),
          new Change(3, "round-z", "", ""));

  @Test
  void theyLeadFromStockToTheWhole() {
    var steps = Step.of(WHOLE, CHANGES, CodeGeneration.of(CodeGenLevel.DEFAULT));
    var at =
        new Program.Pruned(
            WHOLE.recipe().at(CodeGeneration.of(CodeGenLevel.DEFAULT)), WHOLE.options(), 0);
    assertThat(steps)
        .containsExactly(
            new Step.Emission(new Program.Emitted()),
            new Step.Lto("lto-z", at),
            new Step.OfPass("resumed-panics", 1, 2, at.upTo(2)),
            new Step.OfPass("round-z", 3, 3, at.upTo(3)),
            new Step.Generation(CodeGeneration.of(CodeGenLevel.LESS), WHOLE));
    assertThat(steps.stream().map(Step::name))
        .contains("lto-z as rustc runs it", "code generation at level less");
  }

  @Test
  void atTheSameLevelTheLastPassIsTheLastStep() {
    assertThat(Step.of(WHOLE, CHANGES, CodeGeneration.of(CodeGenLevel.LESS)).getLast())
        .isInstanceOf(Step.OfPass.class);
    assertThat(Step.of(WHOLE, List.of(), CodeGeneration.of(CodeGenLevel.LESS))).hasSize(2);
  }

  /// What is suggested for `--keep` must keep the function that it is suggested for.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain_c_name",
        "_ZN4core3ptr42drop_in_place$LT$alloc..string..String$GT$17h0123456789abcdefE",
        "_RNCNvCs1234_7mycrate4mainB3_",
        "with.suffix.llvm.123"
      })
  void aPatternFindsItsFunctionAlone(String symbol) {
    var pattern = Pattern.compile(Bisection.pattern(symbol));
    var name = RustSymbol.demangle(symbol);
    assertThat(pattern.matcher(name).find()).isTrue();
    assertThat(pattern.matcher(name + "x").find()).isFalse();
  }
}
