package dev.pollard.cargo;

import dev.pollard.cargo.BuiltArtifacts.Artifact;
import dev.pollard.replay.CallLog;
import dev.pollard.replay.LinkedProgram;
import dev.pollard.toolchain.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A build by cargo alone, stock, with debug info, in a target folder of its own, of which each
/// call of rustc is known.
///
/// @param programs what was linked, with the calls that made it
/// @param packages the folders of the workspace's packages
public record RecordedBuild(List<LinkedProgram> programs, List<Path> packages) {
  public RecordedBuild {
    programs = List.copyOf(programs);
    packages = List.copyOf(packages);
  }

  /// Builds. cargo's own messages go to stderr, what build scripts' tools print to `out`.
  ///
  /// @param arguments of `cargo build`; the profile is release where they name none
  /// @throws IOException when the build fails, or links nothing whose calls are known
  public static RecordedBuild make(
      CargoArguments arguments, Map<String, String> environment, Appendable out)
      throws IOException {
    JsonNode metadata = metadata(arguments, environment);
    Path target =
        Path.of(target(arguments, environment).orElse(text(metadata, "target_directory")));
    Path folder = target.toAbsolutePath().resolve("pollard").resolve("calls");
    Path log = Files.createDirectories(folder.resolve("log"));
    List<String> command = new ArrayList<>(List.of(Cargo.program(arguments, environment)));
    command.addAll(
        arguments
            .without("--target-dir")
            .commandLine(
                List.of(
                    "--message-format=json-render-diagnostics",
                    "--target-dir",
                    folder.toString())));
    var builder = new ProcessBuilder(command);
    Map<String, String> variables = builder.environment();
    variables.put("RUSTC_WRAPPER", CallLog.recorder(folder).toString());
    variables.put("RUSTC_WORKSPACE_WRAPPER", "");
    variables.put(CallLog.VARIABLE, log.toString());
    String prefix = arguments.profileVariables();
    variables.put(prefix + "LTO", "fat");
    variables.put(prefix + "CODEGEN_UNITS", "1");
    variables.put(prefix + "DEBUG", "2");
    variables.put(prefix + "STRIP", "none");
    variables.put(prefix + "SPLIT_DEBUGINFO", "off");
    variables.put(prefix + "INCREMENTAL", "false");
    BuiltArtifacts.Run run = BuiltArtifacts.run(builder, out);
    if (run.exitCode() != 0) {
      throw new IOException("cargo build ended with " + run.exitCode());
    }
    var calls = CallLog.read(log);
    List<LinkedProgram> programs = new ArrayList<>();
    for (Artifact artifact : run.built().list()) {
      LinkedProgram.of(artifact.file(), calls).ifPresent(programs::add);
    }
    return new RecordedBuild(programs, packages(metadata));
  }

  private static Optional<String> target(
      CargoArguments arguments, Map<String, String> environment) {
    return arguments
        .value("--target-dir")
        .or(() -> Optional.ofNullable(environment.get("CARGO_TARGET_DIR")))
        .filter(t -> !t.isEmpty());
  }

  private static JsonNode metadata(CargoArguments arguments, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(Cargo.program(arguments, environment)));
    arguments.toolchain().ifPresent(command::add);
    command.addAll(List.of("metadata", "--no-deps", "--format-version", "1"));
    arguments
        .value("--manifest-path")
        .ifPresent(m -> command.addAll(List.of("--manifest-path", m)));
    Processes.Result result = Processes.run(command);
    if (!result.succeeded()) {
      throw new IOException("cargo metadata: " + result.firstError());
    }
    try {
      return JsonMapper.shared().readTree(result.output());
    } catch (JacksonException e) {
      throw new IOException("cargo metadata: " + e.getOriginalMessage(), e);
    }
  }

  private static List<Path> packages(JsonNode metadata) {
    var folders = new TreeSet<Path>();
    for (JsonNode each : metadata.path("packages")) {
      Optional.ofNullable(Path.of(text(each, "manifest_path")).getParent()).ifPresent(folders::add);
    }
    return List.copyOf(folders);
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }
}
