package dev.pollard.bisect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TestCommandTest {
  private static final Path PROGRAM = Path.of("/t/a b/program");

  @TempDir private Path folder;

  private TestCommand command(Optional<Duration> limit, String... words) {
    return new TestCommand(List.of(words), PROGRAM, folder, limit);
  }

  @Test
  void wordsAreTakenAsTheyAreAndOneWordIsForTheShell() {
    assertThat(command(Optional.empty(), "qemu", "-kernel", "{}", "x{}").commandLine())
        .containsExactly("qemu", "-kernel", "/t/a b/program", "x{}");
    assertThat(command(Optional.empty(), "exit 3").commandLine())
        .containsExactly("/bin/sh", "-c", "exit 3");
    assertThat(command(Optional.empty()).commandLine()).containsExactly("/t/a b/program");
  }

  @ParameterizedTest
  @CsvSource({"exit 0, GOOD", "exit 125, SKIPPED", "exit 1, BAD", "kill -SEGV $$, BAD"})
  void exitCodesAreThoseOfGitBisect(String line, Verdict verdict) throws BisectException {
    assertThat(command(Optional.empty(), line).run().verdict()).isEqualTo(verdict);
  }

  @Test
  void theProgramIsInTheEnvironmentAndWhatIsSaidIsKept() throws BisectException {
    var outcome = command(Optional.empty(), "echo \"<$POLLARD_ARTIFACT>\" >&2; exit 7").run();
    assertThat(outcome.how()).isEqualTo("exit code 7");
    assertThat(outcome.output()).isEqualTo("</t/a b/program>\n");
  }

  @Test
  void whatTakesTooLongIsBadAndEnds() throws BisectException {
    long start = System.nanoTime();
    var outcome = command(Optional.of(Duration.ofMillis(300)), "sleep 60 & sleep 60; wait").run();
    assertThat(outcome.verdict()).isEqualTo(Verdict.BAD);
    assertThat(outcome.how()).startsWith("no end after");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void whatCannotRunEndsTheBisection() {
    assertThatThrownBy(() -> command(Optional.empty(), "/no/such/program", "{}").run())
        .isInstanceOf(BisectException.class)
        .hasMessageContaining("/no/such/program");
    assertThatThrownBy(() -> command(Optional.empty(), "exit 130").run())
        .isInstanceOf(BisectException.class)
        .hasMessageContaining("interrupted");
  }
}
