package dev.pollard.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.capture.CapturePolicy.Decision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CapturePolicyTest {
  private static final List<String> FINAL =
      List.of(
          "--crate-name",
          "app",
          "--crate-type",
          "bin",
          "--emit=dep-info,link",
          "-C",
          "opt-level=z",
          "-C",
          "lto=fat",
          "-Ccodegen-units=1",
          "--out-dir",
          "/t/deps");

  private static Decision decide(String... more) {
    var arguments = new ArrayList<>(FINAL);
    arguments.addAll(List.of(more));
    return decide(arguments);
  }

  private static Decision decide(List<String> arguments) {
    return decide(arguments, false);
  }

  private static Decision decide(List<String> arguments, boolean meant) {
    try {
      return CapturePolicy.decide(RustcArguments.parse(arguments, Path.of(".")), meant);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> replaced(String from, String to) {
    return FINAL.stream().map(a -> a.equals(from) ? to : a).toList();
  }

  @Test
  void prunesAFinalArtifact() {
    assertThat(decide()).isInstanceOf(Decision.Prune.class);
    assertThat(decide(replaced("bin", "cdylib"))).isInstanceOf(Decision.Prune.class);
    assertThat(decide(replaced("opt-level=z", "opt-level=3"))).isInstanceOf(Decision.Prune.class);
    assertThat(decide("--test")).isInstanceOf(Decision.Prune.class);
    assertThat(
            decide(
                FINAL.stream().filter(a -> !a.equals("--crate-type") && !a.equals("bin")).toList()))
        .isInstanceOf(Decision.Prune.class);
  }

  @Test
  void passesOnWhatIsNoFinalArtifact() {
    assertThat(decide(replaced("bin", "lib"))).isInstanceOf(Decision.PassOn.class);
    assertThat(decide(replaced("bin", "proc-macro"))).isInstanceOf(Decision.PassOn.class);
    assertThat(decide(replaced("app", "build_script_build"))).isInstanceOf(Decision.PassOn.class);
    assertThat(decide(replaced("--emit=dep-info,link", "--emit=dep-info,metadata")))
        .isInstanceOf(Decision.PassOn.class);
    assertThat(decide("--print", "cfg")).isInstanceOf(Decision.PassOn.class);
  }

  @Test
  void passesOnWhatIsNotOptimised() {
    assertThat(decide("-C", "opt-level=1")).isInstanceOf(Decision.PassOn.class);
    assertThat(decide("-C", "opt-level=0")).isInstanceOf(Decision.PassOn.class);
    assertThat(decide("-C", "lto=thin")).isInstanceOf(Decision.PassOn.class);
    assertThat(decide("-C", "lto=off")).isInstanceOf(Decision.PassOn.class);
  }

  private static void staysStock(String reason, String... more) {
    var arguments = new ArrayList<>(FINAL);
    arguments.addAll(List.of(more));
    staysStock(reason, arguments);
  }

  private static void staysStock(String reason, List<String> arguments) {
    assertThat(decide(arguments, true))
        .isInstanceOfSatisfying(
            Decision.Stock.class, stock -> assertThat(stock.reason()).contains(reason));
  }

  @Test
  void whatIsPassedOverIsToldWhereAllIsToBePruned() {
    staysStock("LTO is thin where fat is needed: RUSTFLAGS", "-C", "lto=thin");
    staysStock("LTO is off where fat is needed: RUSTFLAGS", "-C", "lto=off");
    staysStock("opt-level is 1: set 2, 3, s or z", "-C", "opt-level=1");
    staysStock("crate type staticlib beside cdylib", replaced("bin", "cdylib,staticlib"));
    assertThat(decide(FINAL, true)).isInstanceOf(Decision.Prune.class);
    assertThat(decide(replaced("bin", "lib"), true)).isInstanceOf(Decision.PassOn.class);
    assertThat(decide(replaced("app", "build_script_build"), true))
        .isInstanceOf(Decision.PassOn.class);
  }

  @Test
  void aCdylibBesideAnRlibIsMadeApart() {
    var arguments =
        FINAL.stream()
            .map(a -> a.equals("bin") ? "cdylib,rlib" : a)
            .filter(a -> !a.equals("lto=fat"))
            .toList();
    arguments = new ArrayList<>(arguments);
    arguments.set(arguments.indexOf("-Ccodegen-units=1") - 1, "--cfg=x");
    assertThat(decide(arguments)).isInstanceOf(Decision.PruneCdylibApart.class);
    arguments.set(arguments.indexOf("cdylib,rlib"), "lib,cdylib");
    assertThat(decide(arguments)).isInstanceOf(Decision.PruneCdylibApart.class);
    arguments.set(arguments.indexOf("lib,cdylib"), "cdylib,rlib");
    arguments.add("-Cembed-bitcode=no");
    assertThat(decide(arguments)).isInstanceOf(Decision.PassOn.class);
    arguments.removeLast();
    arguments.set(arguments.indexOf("cdylib,rlib"), "cdylib,staticlib");
    assertThat(decide(arguments)).isInstanceOf(Decision.PassOn.class);
  }

  @Test
  void whatItDoesNotKnowStaysStock() {
    for (var option :
        List.of(
            "-Cinstrument-coverage",
            "-Cprofile-use=x",
            "-Cpasses=x",
            "-Clinker-plugin-lto",
            "-Csave-temps",
            "-Zsanitizer=address",
            "-Zno-link",
            "-Zcodegen-backend=cranelift",
            "-Zan-option-of-tomorrow")) {
      assertThat(decide(option))
          .as(option)
          .isInstanceOfSatisfying(
              Decision.Stock.class,
              stock ->
                  assertThat(stock.reason())
                      .contains(option.substring(2).split("=", 2)[0])
                      .hasLineCount(1));
    }
    assertThat(decide("-g", "-Csplit-debuginfo=packed")).isInstanceOf(Decision.Stock.class);
    assertThat(decide("-Csplit-debuginfo=packed")).isInstanceOf(Decision.Prune.class);
    assertThat(decide("-o", "/x")).isInstanceOf(Decision.Stock.class);
  }

  @Test
  void theLastOfTwoOptionsWins() throws IOException {
    var call =
        RustcArguments.parse(
            List.of("-Copt-level=3", "-C", "opt_level=s", "--codegen=lto", "-Zunstable-options"),
            Path.of("."));
    assertThat(call.optLevel()).isEqualTo("s");
    assertThat(call.lto()).isEqualTo("fat");
    assertThat(call.unstableNames()).containsExactly("unstable-options");
  }

  @Test
  void aValueIsNotTakenForAnOption() throws IOException {
    var call =
        RustcArguments.parse(
            List.of("--cfg", "--test", "--crate-name", "x", "-L", "-Copt-level=3"), Path.of("."));
    assertThat(call.has("--test")).isFalse();
    assertThat(call.optLevel()).isEqualTo("0");
  }
}
