package dev.pollard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

final class PassthroughTest {
  private static final CommandSpec OWN =
      CommandSpec.create()
          .addOption(OptionSpec.builder("--effort").type(String.class).arity("1").build())
          .addOption(OptionSpec.builder("--dev").type(boolean.class).arity("0").build());

  @ParameterizedTest
  @CsvSource({
    "--effort max -p app, --effort max, -p app",
    "-p app --effort=max --dev -v, --effort=max --dev, -p app -v",
    // Another option's value is not an option.
    "--bin effort --features dev, '', --bin effort --features dev",
    "effort dev, '', effort dev",
    // An option without its value is followed by an option.
    "--bin --dev, --dev, --bin",
    "--effort, --effort, ''",
    // What follows the end is the program's.
    "--dev -- --effort max --dev, --dev, -- --effort max --dev",
    "+nightly --dev --unknown x, --dev, +nightly --unknown x",
    "--unknown=--dev, '', --unknown=--dev"
  })
  void partsAreInOrder(String words, String own, String cargo) {
    var expected = new ArrayList<>(list(own));
    expected.add(Passthrough.DELIMITER);
    expected.addAll(list(cargo));
    assertThat(Passthrough.part(OWN, list(words))).isEqualTo(expected);
  }

  private static List<String> list(String words) {
    return words.isEmpty() ? List.of() : List.of(words.split(" "));
  }
}
