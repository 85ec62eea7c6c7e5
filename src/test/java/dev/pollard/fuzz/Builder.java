package dev.pollard.fuzz;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Builds crates in a folder of its own, stock and pruned by one call of `pollard build`.
final class Builder {
  private static final Pattern KEPT =
      Pattern.compile(
          "stock artifact kept: (.*?)(?: \\(deny-fallback is set\\))?$", Pattern.MULTILINE);
  private static final Pattern MODULE = Pattern.compile("--> src/p(\\d+)\\.rs");
  private static final long HOURS = 2;

  private final Path root;
  private final Path pollard;
  private final Path folder;
  private final Crate crate;

  /// What came of a build.
  sealed interface Built {
    /// Both were made.
    ///
    /// @param stock what rustc linked
    /// @param pruned what Pollard made of it
    /// @param report Pollard's
    record Both(Path stock, Path pruned, Path report) implements Built {}

    /// Pollard left the stock artifact, and said why.
    record Stock(String reason) implements Built {}

    /// rustc refused; `modules` are the programs to which it pointed.
    record Refused(List<Integer> modules, String log) implements Built {}
  }

  /// @param root the checkout whose examples and resources are used
  /// @param pollard the launcher
  /// @param folder where it may write
  Builder(Path root, Path pollard, Path folder) {
    this.root = root;
    this.pollard = pollard;
    this.folder = folder;
    this.crate = new Crate(resources());
  }

  private Path resources() {
    return root.resolve("src/test/resources/fuzz");
  }

  /// The crate of the last build.
  Path source() {
    return folder.resolve("crate");
  }

  /// What rustc linked in the last build.
  Path stock() {
    return folder.resolve("stock");
  }

  /// What the last build printed.
  Path log() {
    return folder.resolve("log");
  }

  /// A bundle that Pollard leaves when a prune fails.
  Path repro() {
    return folder.resolve("repro.zip");
  }

  /// Builds a crate of `programs`.
  Built build(List<Program> programs, Profile profile) throws IOException {
    return build(programs, profile, "");
  }

  /// The same, and leaves the capture and the decisions in [#capture].
  Built buildAndCapture(List<Program> programs, Profile profile) throws IOException {
    return build(programs, profile, String.valueOf(System.nanoTime()));
  }

  /// What [#buildAndCapture] leaves, as `pollard bisect` has it.
  Path capture() {
    return target().resolve("pollard").resolve("bisect").resolve(Crate.NAME);
  }

  private Built build(List<Program> programs, Profile profile, String bisect) throws IOException {
    crate.write(source(), programs, profile);
    Files.deleteIfExists(stock());
    Files.deleteIfExists(repro());
    var command = new ArrayList<>(List.of(pollard.toString(), "build", "--deny-fallback"));
    command.addAll(List.of("--effort", profile.effort(), "--repro", repro().toString()));
    command.addAll(cargoFlags(profile));
    var environment =
        Map.of(
            "CARGO_TARGET_DIR", target().toString(),
            "CARGO_TERM_COLOR", "never",
            "FUZZ_STOCK", stock().toString(),
            "POLLARD_BISECT", bisect,
            "RUSTC_WORKSPACE_WRAPPER", resources().resolve("keep-stock").toString());
    int code = run(command, source(), environment, log(), TimeUnit.HOURS.toSeconds(HOURS));
    var text = Files.readString(log());
    if (code == 0 && Files.exists(stock())) {
      return new Built.Both(
          stock(), artifact(profile), target().resolve("pollard").resolve(Crate.NAME + ".json"));
    }
    var kept = KEPT.matcher(text);
    if (kept.find()) {
      return new Built.Stock(kept.group(1));
    }
    return new Built.Refused(
        MODULE.matcher(text).results().map(m -> Integer.valueOf(m.group(1))).distinct().toList(),
        text);
  }

  /// Lets `pollard bisect` name the pass and the function behind a difference of the last build.
  ///
  /// @param test a command that ends well when its last word, a program, behaves
  void bisect(Profile profile, List<String> test, Path log, Path bundle) throws IOException {
    var command =
        new ArrayList<>(List.of(pollard.toString(), "bisect", "--effort", profile.effort()));
    command.addAll(List.of("--repro", bundle.toString()));
    command.addAll(cargoFlags(profile));
    command.add("--");
    command.addAll(test);
    var environment = Map.of("CARGO_TARGET_DIR", target().toString(), "CARGO_TERM_COLOR", "never");
    run(command, source(), environment, log, TimeUnit.HOURS.toSeconds(HOURS));
  }

  private List<String> cargoFlags(Profile profile) {
    var flags = new ArrayList<String>();
    var given = System.getenv().getOrDefault("CARGO_FLAGS", "").strip();
    if (!profile.target().isHost()) {
      flags.addAll(List.of("--target", profile.target().triple()));
      flags.addAll(given.isEmpty() ? List.of() : List.of(given.split(" +")));
    }
    return flags;
  }

  private Path target() {
    return folder.resolve("target");
  }

  private Path artifact(Profile profile) {
    return target().resolve(profile.target().triple()).resolve("release").resolve(Crate.NAME);
  }

  /// Runs a command with its output in a file.
  ///
  /// @return its exit code; 124 when it ran out of time
  static int run(
      List<String> command,
      Path directory,
      Map<String, String> environment,
      Path output,
      long seconds)
      throws IOException {
    var builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(output.toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    var process = builder.start();
    try {
      if (process.waitFor(seconds, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
      process.destroyForcibly().waitFor();
      return 124;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
