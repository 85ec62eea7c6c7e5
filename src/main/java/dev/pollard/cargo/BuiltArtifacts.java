package dev.pollard.cargo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The final artifacts that cargo names in its JSON messages.
///
/// @param list in cargo's order
/// @param scriptFolders where build scripts of this build wrote, such as a `memory.x`
record BuiltArtifacts(List<Artifact> list, List<Path> scriptFolders) {
  /// Of no build.
  static final BuiltArtifacts NONE = new BuiltArtifacts(List.of(), List.of());

  BuiltArtifacts {
    list = List.copyOf(list);
    scriptFolders = List.copyOf(scriptFolders);
  }

  /// One artifact.
  ///
  /// @param name as its report is called
  /// @param file where it lies
  /// @param fresh whether cargo found nothing to do for it
  /// @param manifest its package's `Cargo.toml`
  record Artifact(String name, Path file, boolean fresh, Path manifest) {}

  /// One run of cargo.
  record Run(int exitCode, BuiltArtifacts built) {}

  /// Runs cargo to its end, and reads what it says. Signals are cargo's to take.
  ///
  /// @param cargo with messages in JSON on its stdout; its stderr goes where ours goes
  /// @param out what is no message is copied to it
  /// @throws IOException when cargo cannot be started
  static Run run(ProcessBuilder cargo, Appendable out) throws IOException {
    cargo.redirectError(ProcessBuilder.Redirect.INHERIT);
    try (var signals = Signals.forwardTo(cargo)) {
      var process = signals.start();
      process.getOutputStream().close();
      var built = read(process.getInputStream(), out);
      return new Run(process.waitFor(), built);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /// Reads cargo's stdout to its end. What is no message of cargo's, such as a line that a build
  /// script's tool printed, is copied to `out`.
  static BuiltArtifacts read(InputStream stdout, Appendable out) throws IOException {
    var artifacts = new ArrayList<Artifact>();
    var folders = new ArrayList<Path>();
    try (var lines = new BufferedReader(new InputStreamReader(stdout, StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        var message = message(line);
        if (message.isEmpty()) {
          out.append(line).append("\n");
          continue;
        }
        switch (message.get().path("reason").asString("")) {
          case "compiler-artifact" -> artifact(message.get()).ifPresent(artifacts::add);
          case "build-script-executed" ->
              folders.add(Path.of(message.get().path("out_dir").asString("")));
          default -> {}
        }
      }
    }
    return new BuiltArtifacts(artifacts, folders);
  }

  private static Optional<JsonNode> message(String line) {
    if (!line.startsWith("{\"")) {
      return Optional.empty();
    }
    try {
      return Optional.of(JsonMapper.shared().readTree(line)).filter(m -> m.has("reason"));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static Optional<Artifact> artifact(JsonNode message) {
    var target = message.path("target");
    var name = target.path("name").asString("");
    var kinds = texts(target.path("kind"));
    boolean fresh = message.path("fresh").asBoolean(false);
    var manifest = Path.of(message.path("manifest_path").asString(""));
    var executable = message.path("executable");
    if (executable.isString() && !kinds.contains("custom-build")) {
      var file = Path.of(executable.asString());
      boolean test = message.path("profile").path("test").asBoolean(false);
      return Optional.of(
          new Artifact(test ? file.getFileName().toString() : name, file, fresh, manifest));
    }
    if (kinds.contains("cdylib")) {
      return texts(message.path("filenames")).stream()
          .filter(f -> f.endsWith(".wasm") || f.endsWith(".so") || f.endsWith(".dylib"))
          .findFirst()
          .map(f -> new Artifact(name.replace('-', '_'), Path.of(f), fresh, manifest));
    }
    return Optional.empty();
  }

  private static List<String> texts(JsonNode array) {
    return array.isArray()
        ? Stream.iterate(0, i -> i < array.size(), i -> i + 1)
            .map(i -> array.get(i).asString(""))
            .toList()
        : List.of();
  }
}
