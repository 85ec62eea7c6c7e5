package dev.pollard.doctor;

import dev.pollard.llvm.LibLlvm;
import dev.pollard.llvm.LlvmException;
import dev.pollard.toolchain.KnownLlvm;
import dev.pollard.toolchain.Processes;
import dev.pollard.toolchain.Toolchain;
import dev.pollard.toolchain.ToolchainException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is known of a toolchain, and of a project in it.
///
/// @param rustc the compiler's own line, such as `rustc 1.95.0 (59807616e 2026-04-14)`
/// @param toolchain what Pollard knows of it; empty when it cannot work with it
/// @param problem why it cannot; empty when it can
/// @param backends the back ends of its LLVM
/// @param targets the targets whose standard library is installed
/// @param source whether the source of the standard library is there, for `-Zbuild-std`
/// @param gaps one for each probe
/// @param project the folder that was looked through; empty: none
/// @param files how many sources it has
public record Checkup(
    String rustc,
    Optional<Toolchain> toolchain,
    Optional<String> problem,
    List<String> backends,
    List<String> targets,
    boolean source,
    List<Gap> gaps,
    Optional<Path> project,
    int files) {
  public Checkup {
    backends = List.copyOf(backends);
    targets = List.copyOf(targets);
    gaps = List.copyOf(gaps);
  }

  /// What finds a rustc's libLLVM.
  public interface Locator {
    /// What `rustc` is.
    ///
    /// @throws ToolchainException when Pollard cannot use it
    Toolchain locate(String rustc) throws ToolchainException;
  }

  /// Looks at a compiler and a project.
  ///
  /// @param rustc by path, or by a name on `PATH`
  /// @param project whose sources are looked through; empty: none
  /// @throws IOException when the compiler does not run, or the project cannot be read
  public static Checkup of(
      String rustc, Locator locator, Optional<Path> project, Map<String, String> environment)
      throws IOException {
    Processes.Result version = Processes.run(List.of(rustc, "-vV"));
    if (!version.succeeded()) {
      throw new IOException(
          rustc
              + " does not run: "
              + version.firstError()
              + " (install Rust from https://rustup.rs, or set RUSTC)");
    }
    Optional<Toolchain> toolchain = Optional.empty();
    Optional<String> problem = Optional.empty();
    List<String> backends = List.of();
    try {
      toolchain = Optional.of(locator.locate(rustc));
      backends = backends(toolchain.get().libLlvm());
      KnownLlvm.require(toolchain.get(), environment);
    } catch (ToolchainException e) {
      problem = Optional.of(String.valueOf(e.getMessage()));
    } catch (LlvmException | UnsatisfiedLinkError e) {
      problem = Optional.of("its LLVM cannot be loaded: " + e.getMessage());
    }
    Path root = toolchain.isPresent() ? toolchain.get().sysroot() : sysroot(rustc);
    Path compiler = toolchain.map(Toolchain::rustc).orElse(Path.of(rustc));
    Optional<SourceScan> scan =
        project.isPresent() ? Optional.of(new SourceScan(project.get())) : Optional.empty();
    List<Gap> gaps = new ArrayList<>();
    try (var runner = new ProbeRunner(compiler, release(version.output()))) {
      for (Probe probe : Probes.all()) {
        Gap gap = runner.ask(probe);
        gaps.add(
            new Gap(
                gap.id(),
                gap.title(),
                gap.state(),
                gap.detail(),
                gap.since(),
                gap.instead(),
                scan.map(s -> s.find(probe.source())).orElse(List.of())));
      }
    }
    return new Checkup(
        version.output().lines().findFirst().orElse(""),
        toolchain,
        problem,
        backends,
        targets(root),
        Files.isDirectory(root.resolve("lib/rustlib/src/rust/library/core")),
        gaps,
        project,
        scan.map(SourceScan::files).orElse(0));
  }

  /// How many gaps are in a state.
  public long count(Gap.State state) {
    return gaps.stream().filter(g -> g.state() == state).count();
  }

  private static String release(String verbose) {
    return verbose
        .lines()
        .filter(l -> l.startsWith("release: "))
        .map(l -> l.substring("release: ".length()).strip())
        .findFirst()
        .orElse("");
  }

  private static Path sysroot(String rustc) throws IOException {
    Processes.Result sysroot = Processes.run(List.of(rustc, "--print=sysroot"));
    if (!sysroot.succeeded()) {
      throw new IOException(rustc + " names no sysroot: " + sysroot.firstError());
    }
    return Path.of(sysroot.output().strip());
  }

  private static List<String> backends(Path library) {
    LibLlvm.load(library);
    return LibLlvm.backends();
  }

  private static List<String> targets(Path sysroot) throws IOException {
    List<String> targets = new ArrayList<>();
    Path libraries = sysroot.resolve("lib/rustlib");
    if (Files.isDirectory(libraries)) {
      try (var folders = Files.newDirectoryStream(libraries)) {
        for (Path folder : folders) {
          if (Files.isDirectory(folder.resolve("lib"))) {
            targets.add(String.valueOf(folder.getFileName()));
          }
        }
      }
    }
    targets.sort(null);
    return targets;
  }
}
