package dev.pollard.llvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.capture.RustcArguments;
import dev.pollard.capture.TargetSpec;
import dev.pollard.capture.TargetSpecReader;
import dev.pollard.size.ArtifactSizes;
import dev.pollard.toolchain.Toolchain;
import dev.pollard.toolchain.ToolchainLocator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// With no pass at all, the object that Pollard emits is as large as rustc's own, section by
/// section: the settings of code generation are rustc's, also after an object that was emitted with
/// others. Targets whose `core` is not installed are skipped.
class EmissionParityTest {
  private static final Path SOURCE = Path.of("src/test/resources/fixtures/parity/machine.rs");

  @TempDir private Path folder;

  /// Targets and levels; of the targets only those that the toolchain has a core for.
  static Stream<Arguments> cases() throws Exception {
    Toolchain toolchain = toolchain();
    return Stream.of(
            "thumbv7m-none-eabi, z",
            "thumbv7m-none-eabi, 3",
            "thumbv6m-none-eabi, s",
            "thumbv7em-none-eabihf, z",
            "thumbv8m.main-none-eabihf, z",
            "riscv32imac-unknown-none-elf, z",
            "riscv64gc-unknown-none-elf, 2",
            "wasm32-unknown-unknown, z",
            "x86_64-unknown-linux-gnu, z",
            "x86_64-unknown-linux-gnu, 3")
        .map(row -> row.split(", ", -1))
        .filter(row -> Files.isDirectory(core(toolchain, row[0])))
        .map(row -> Arguments.of(row[0], row[1]));
  }

  private static Toolchain toolchain() throws Exception {
    return new ToolchainLocator(Optional.empty())
        .locate(System.getProperty("pollard.test.rustc", "rustc"));
  }

  private static Path core(Toolchain toolchain, String target) {
    return toolchain.sysroot().resolve("lib/rustlib").resolve(target).resolve("lib");
  }

  @ParameterizedTest(name = "{0} at {1}")
  @MethodSource("cases")
  void anUnprunedObjectIsAsLargeAsRustcs(String target, String level) throws Exception {
    Toolchain toolchain = toolchain();
    List<String> call =
        List.of(
            "--edition=2021",
            "--crate-name=machine",
            "--target=" + target,
            "-Copt-level=" + level,
            "-Clto=fat",
            "-Ccodegen-units=1",
            "-Cpanic=abort",
            "-Csave-temps",
            "-Cllvm-args=-preserve-bc-uselistorder",
            "--emit=obj",
            "--out-dir=" + folder,
            SOURCE.toAbsolutePath().toString());
    List<String> command = new ArrayList<>(List.of(toolchain.rustc().toString()));
    command.addAll(call);
    TestLlvm.run(command);
    TargetSpec spec = TargetSpecReader.read(toolchain, RustcArguments.parse(call, folder), folder);

    Path emitted = folder.resolve("emitted.o");
    List<String> emit =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                EmitMain.class.getName(),
                toolchain.libLlvm().toString(),
                spec.triple(),
                CodeGenLevel.ofOptLevel(level).name(),
                optimisedBitcode().toString(),
                emitted.toString()));
    emit.addAll(CodeGenOptions.of(spec, false));
    TestLlvm.run(emit);

    assertThat(sections(emitted)).isEqualTo(sections(folder.resolve("machine.o")));
    assertThat(sections(emitted)).isNotEmpty();
    assertThat(folder.resolve("compact.o")).isNotEmptyFile();
  }

  private Path optimisedBitcode() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.toString().endsWith("rcgu.bc") && !f.toString().contains(".lto."))
          .findFirst()
          .orElseThrow();
    }
  }

  private static List<String> sections(Path object) throws Exception {
    return ArtifactSizes.of(object).sections().stream()
        .map(s -> s.name() + " " + s.size())
        .sorted()
        .toList();
  }
}
