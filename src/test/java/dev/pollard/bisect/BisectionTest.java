package dev.pollard.bisect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BisectionTest {
  @Test
  void llvmsOwnWordsAreDemangled() {
    assertThat(Bisection.demangled("sroa on _RNvCs1234_7mycrate4main"))
        .isEqualTo("sroa on mycrate::main");
    assertThat(Bisection.demangled("globaldce on [module]")).isEqualTo("globaldce on [module]");
  }
}
