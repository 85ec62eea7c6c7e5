package dev.pollard.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DiskSpaceTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rustc-LLVM ERROR: IO failure on output stream: No space left on device",
        "rust-lld: error: failed to write output 'a': No space left on device",
        "error: failed to write /a: Kein Speicherplatz verfügbar (os error 28)",
        "ld: final link failed: Disk quota exceeded",
      })
  void isKnownByWhatIsSaid(String said) {
    assertThat(DiskSpace.ranOut(folder, said)).isTrue();
  }

  @Test
  void otherErrorsAreNone() {
    assertThat(DiskSpace.ranOut(folder, "error[E0308]: mismatched types")).isFalse();
    assertThat(DiskSpace.ranOut(folder.resolve("gone"), "")).isFalse();
  }

  @Test
  void theReasonNamesThePlaceThatIsStillThereAndTheWayOut() {
    assertThat(DiskSpace.reason(Path.of("/target/pollard/work/app@12")))
        .contains("in /target/pollard/work: ")
        .contains("--target-dir")
        .doesNotContain("app@12");
  }
}
