package dev.pollard.launch;

import dev.pollard.Main;
import dev.pollard.capture.Capture;
import dev.pollard.capture.CaptureFile;
import dev.pollard.cli.RustcWrapperCommand;
import dev.pollard.config.Settings;
import dev.pollard.files.Folders;
import dev.pollard.pass.PassOptions;
import dev.pollard.pass.Pipeline;
import dev.pollard.prune.LlvmPruner;
import dev.pollard.worker.Rehearsal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Touches what a start touches, so that the JVM's AOT cache holds it: the launcher runs this once
/// per JDK, recording.
public final class Training {
  /// The inline threshold that most programs try.
  private static final int THRESHOLD = 35;

  private Training() {}

  /// Runs through the command line of every command, and prunes a small program if there is a
  /// rustc. What fails here fails again when it is used.
  ///
  /// @param arguments `prune`, or `start` to leave the prune out
  public static void main(String[] arguments) throws Exception {
    Main.run("--help");
    Main.run("--version");
    for (var command : Main.commands()) {
      Main.run(command, "--help");
    }
    if (!List.of(arguments).contains("prune")) {
      return;
    }
    Path folder = Files.createTempDirectory("pollard-training");
    try {
      prune(folder);
    } catch (IOException | RuntimeException e) {
      System.err.println("the rehearsal ended early: " + e);
    } finally {
      Folders.delete(folder);
    }
  }

  private static void prune(Path folder) throws Exception {
    Path source = folder.resolve("rehearsal.rs");
    try (InputStream text = Training.class.getResourceAsStream("rehearsal.rs")) {
      Files.copy(text, source);
    }
    Path out = Files.createDirectories(folder.resolve("target/release/deps"));
    Path kept = folder.resolve("kept");
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.keySet().removeIf(name -> name.startsWith("POLLARD_"));
    environment.put("CARGO_MANIFEST_DIR", folder.toString());
    environment.put("POLLARD_KEEP_CAPTURE", kept.toString());
    int code =
        new RustcWrapperCommand(new LlvmPruner())
            .run(
                List.of(
                    environment.getOrDefault("RUSTC", "rustc"),
                    "--crate-name=rehearsal",
                    "--edition=2021",
                    source.toString(),
                    "--crate-type=bin",
                    "--emit=dep-info,link",
                    "-Copt-level=z",
                    "-Cpanic=abort",
                    "-Clto=fat",
                    "-Ccodegen-units=1",
                    "--out-dir=" + out),
                environment);
    Path capture = kept.resolve("rehearsal").resolve(CaptureFile.NAME);
    Path linked = out.resolve("rehearsal");
    if (Files.exists(linked)) {
      // The standard library has debug info: its readers run.
      Main.run("inspect", linked.toString());
      Main.run("inspect", linked.toString(), "--by", "line", "--json");
    }
    if (code == 0 && Files.exists(capture)) {
      rehearse(CaptureFile.read(capture), folder);
    }
  }

  private static void rehearse(Capture capture, Path folder) throws Exception {
    Settings settings = Settings.defaults();
    // As firmware, so that the passes for firmware run too.
    Pipeline pipeline = Pipeline.of(settings, "z", true);
    List<String> passes = new ArrayList<>(pipeline.head());
    passes.addAll(pipeline.lto(THRESHOLD));
    passes.addAll(pipeline.round());
    passes.addAll(pipeline.finishes().getFirst());
    Rehearsal.run(
        capture, passes, PassOptions.of(settings, capture.target()), folder.resolve("rehearsal.o"));
  }
}
