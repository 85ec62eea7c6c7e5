package dev.pollard.doctor;

import dev.pollard.files.Folders;
import dev.pollard.toolchain.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Puts probes to a compiler, in a folder of its own.
final class ProbeRunner implements AutoCloseable {
  /// Lets a stable compiler accept feature gates; taken away where its own answer is wanted.
  private static final String BOOTSTRAP = "RUSTC_BOOTSTRAP";

  private static final long SECONDS = 60;

  private final Path rustc;
  private final String edition;
  private final boolean nightly;
  private final Path folder;
  private final String flags;

  /// @param release of the compiler, such as `1.95.0`
  /// @throws IOException when there is no room for the probes, or the compiler does not start
  ProbeRunner(Path rustc, String release) throws IOException {
    this.rustc = rustc;
    this.edition = minor(release) >= 85 ? "2024" : "2021";
    this.nightly = release.contains("nightly") || release.contains("-dev");
    this.folder = Files.createTempDirectory("pollard-doctor");
    this.flags = run(List.of("-Z", "help"), true).output();
  }

  private static int minor(String release) {
    String[] parts = release.split("\\.", 3);
    return parts.length > 1 && parts[1].matches("\\d{1,5}") ? Integer.parseInt(parts[1]) : 0;
  }

  /// What a probe finds, without places.
  ///
  /// @throws IOException when the compiler does not start
  Gap ask(Probe probe) throws IOException {
    return switch (probe.kind()) {
      case FLAG -> {
        // Older compilers list flags with underscores.
        boolean known =
            Stream.of(probe.subject(), probe.subject().replace('-', '_'))
                .anyMatch(f -> flags.contains(f + "="));
        yield gap(
            probe,
            known ? Gap.State.GATED : Gap.State.MISSING,
            known
                ? nightly ? "" : "refused here; on nightly it is -Z" + probe.subject()
                : "this rustc has no -Z" + probe.subject());
      }
      case COMPILE -> compile(probe);
      case RUN -> runs(probe);
    };
  }

  private Gap compile(Probe probe) throws IOException {
    Processes.Result plain = compile(probe.id(), probe.subject(), "metadata", false);
    if (plain.succeeded()) {
      return gap(probe, Gap.State.WORKS, "");
    }
    String error = plain.errors().lines().filter(l -> l.startsWith("error")).findFirst().orElse("");
    if (!probe.features().isEmpty()) {
      String gate =
          probe.features().stream()
              .map(f -> "#![feature(" + f + ")]\n")
              .collect(Collectors.joining("", "", "#![allow(incomplete_features)]\n"));
      if (compile(probe.id(), gate + probe.subject(), "metadata", true).succeeded()) {
        return gap(
            probe,
            Gap.State.GATED,
            (nightly ? "works with" : "refused here; nightly has it behind")
                + " #![feature("
                + String.join(", ", probe.features())
                + ")]");
      }
    }
    return gap(probe, Gap.State.MISSING, error);
  }

  private Gap runs(Probe probe) throws IOException {
    Processes.Result built = compile(probe.id(), probe.subject(), "link", false);
    if (!built.succeeded()) {
      return gap(probe, Gap.State.MISSING, "the probe does not build: " + built.firstError());
    }
    Processes.Result ran =
        Processes.run(
            List.of(folder.resolve(probe.id()).toString()),
            Optional.of(folder),
            Map.of(),
            List.of(),
            SECONDS);
    return gap(
        probe, ran.exitCode() == 0 ? Gap.State.WORKS : Gap.State.MISSING, ran.output().strip());
  }

  private Processes.Result compile(String id, String code, String emit, boolean gates)
      throws IOException {
    Path file = folder.resolve(id + ".rs");
    Files.writeString(file, code);
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--edition", edition, "--emit=" + emit, "-A", "warnings"));
    arguments.addAll(List.of("--crate-name", id.replace('-', '_')));
    arguments.addAll(List.of("--crate-type", emit.equals("link") ? "bin" : "lib"));
    arguments.addAll(List.of("-o", folder.resolve(id).toString(), file.toString()));
    return run(arguments, gates);
  }

  private Processes.Result run(List<String> arguments, boolean gates) throws IOException {
    List<String> command = new ArrayList<>(List.of(rustc.toString()));
    command.addAll(arguments);
    return Processes.run(
        command,
        Optional.of(folder),
        gates ? Map.of(BOOTSTRAP, "1") : Map.of(),
        gates ? List.of() : List.of(BOOTSTRAP),
        SECONDS);
  }

  private static Gap gap(Probe probe, Gap.State state, String detail) {
    return new Gap(
        probe.id(), probe.title(), state, detail, probe.since(), probe.instead(), List.of());
  }

  @Override
  public void close() throws IOException {
    Folders.delete(folder);
  }
}
