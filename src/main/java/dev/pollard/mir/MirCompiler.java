package dev.pollard.mir;

import dev.pollard.capture.RustcArguments;
import dev.pollard.capture.RustcCall;
import dev.pollard.files.Folders;
import dev.pollard.files.Sha256;
import dev.pollard.replay.CallLog;
import dev.pollard.replay.CallWords;
import dev.pollard.source.RustText;
import dev.pollard.toolchain.Processes;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Asks rustc for the MIR of a crate: as LLVM gets it, before and after the state transform, and of
/// the crate's synchronous twin. Works in a folder of its own.
public final class MirCompiler implements AutoCloseable {
  private static final long SECONDS = 600;

  /// What a call for MIR says for itself, or leaves out so that rustc speaks to people.
  private static final Set<String> REPLACED =
      Set.of("--out-dir", "--emit", "--error-format", "--json", "--cap-lints");

  /// By this argument the call that is meant is known among those recorded.
  private static final String MARK = "--emit=mir";

  /// A larger file is no source that a crate includes.
  private static final long LARGEST = 1 << 20;

  private final Path folder;
  private final Path root;
  private final RustcCall call;
  private final boolean alone;

  /// @param alone whether the first source is the only one
  private MirCompiler(Path folder, RustcCall call, Path root, boolean alone) {
    this.folder = folder;
    this.call = call;
    this.root = root;
    this.alone = alone;
  }

  /// For one file without dependencies, as a library.
  ///
  /// @param flags more for rustc, such as `-Copt-level=z`
  /// @throws IOException when there is no room
  public static MirCompiler ofFile(String rustc, Path file, String edition, List<String> flags)
      throws IOException {
    Path folder = Files.createTempDirectory("pollard-mir").toRealPath();
    Path here = Path.of("").toAbsolutePath();
    List<String> arguments = new ArrayList<>(List.of("--edition", edition));
    arguments.addAll(List.of("--crate-type", "lib", "--crate-name", "it"));
    arguments.addAll(flags);
    arguments.add(file.toAbsolutePath().toString());
    return new MirCompiler(
        folder,
        new RustcCall(List.of(rustc), RustcArguments.parse(arguments, here), here, System.getenv()),
        file.toAbsolutePath(),
        true);
  }

  /// For a package's library or program.
  ///
  /// @param cargo the program
  /// @param words for `cargo rustc`: `--bin app --target …`
  /// @param cache a folder in which cargo's call is kept: cargo makes it once, as long as nothing
  ///   changes
  /// @throws IOException when it does not build
  public static MirCompiler ofPackage(String cargo, List<String> words, Path cache)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(cargo, "rustc"));
    command.addAll(words);
    command.addAll(List.of("--", MARK));
    Path record =
        Files.createDirectories(
            cache.resolve(
                Sha256.key(Path.of("").toAbsolutePath() + "\0" + String.join("\0", command))));
    var builder = new ProcessBuilder(command);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("RUSTC_WORKSPACE_WRAPPER", CallLog.recorder(cache).toString());
    builder.environment().put(CallLog.VARIABLE, record.toString());
    try {
      int exitCode = builder.start().waitFor();
      if (exitCode != 0) {
        throw new IOException("cargo rustc ended with " + exitCode);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    RustcCall call =
        CallLog.read(record).stream()
            .filter(c -> c.arguments().raw().contains(MARK))
            .findFirst()
            .orElseThrow(() ->
                new IOException(
                    "cargo did not call rustc, and its earlier call is not known: touch a source of"
                        + " the package"));
    Path folder = Files.createTempDirectory("pollard-mir").toRealPath();
    return new MirCompiler(folder, call, root(call), false);
  }

  /// The crate's first source.
  private static Path root(RustcCall call) throws IOException {
    return call.arguments().raw().stream()
        .filter(w -> w.endsWith(".rs") && !w.startsWith("-"))
        .map(call.directory()::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(() -> new IOException("cargo's call of rustc names no source"));
  }

  /// The compiler's own line.
  public String version() throws IOException {
    return Processes.run(List.of(call.rustc(), "-V")).output().strip();
  }

  /// The flags that decide about MIR, for people.
  public String flags() {
    RustcArguments arguments = call.arguments();
    return "opt-level "
        + arguments.optLevel()
        + ", panic "
        + arguments.codegen("panic").orElse("unwind")
        + arguments.codegen("debug-assertions").map(d -> ", debug-assertions " + d).orElse("");
  }

  /// The crate's MIR as LLVM gets it.
  ///
  /// @param more flags, such as `-Zmir-opt-level=0`, for which gates are opened
  /// @throws IOException when it does not compile, with rustc's first error
  public List<MirFunction> functions(List<String> more) throws IOException {
    return functions(root, more);
  }

  private List<MirFunction> functions(Path source, List<String> more) throws IOException {
    Path out = Files.createTempDirectory(folder, "out");
    List<String> flags = new ArrayList<>(List.of("--emit=mir"));
    flags.addAll(more);
    Processes.Result result = again(source, out, flags, !more.isEmpty());
    if (!result.succeeded()) {
      throw new IOException(error(result));
    }
    try (Stream<Path> files = Files.list(out)) {
      Path mir =
          files
              .filter(f -> f.toString().endsWith(".mir"))
              .findFirst()
              .orElseThrow(() -> new IOException("rustc wrote no MIR"));
      return MirFunction.all(Files.readString(mir));
    }
  }

  /// The MIR of every machine before the state transform and after it; empty where this rustc does
  /// not tell.
  ///
  /// @param side `before` or `after`
  public List<MirFunction> aroundTransform(String side) throws IOException {
    Path dump = folder.resolve("dump");
    if (!Files.isDirectory(dump)) {
      Path out = Files.createTempDirectory(folder, "out");
      var _ =
          again(
              root,
              out,
              List.of(
                  "--emit=mir",
                  "-Zdump-mir=StateTransform",
                  "-Zdump-mir-exclude-pass-number=yes",
                  "-Zdump-mir-dir=" + dump),
              true);
    }
    List<MirFunction> functions = new ArrayList<>();
    if (Files.isDirectory(dump)) {
      try (Stream<Path> files = Files.list(dump)) {
        for (Path file :
            files.filter(f -> f.toString().endsWith("StateTransform." + side + ".mir")).toList()) {
          functions.addAll(MirFunction.all(Files.readString(file)));
        }
      }
    }
    return functions;
  }

  /// The MIR of the same crate without `async` and `.await`.
  ///
  /// @throws IOException when it does not compile that way, with rustc's first error
  public List<MirFunction> twin(List<String> more) throws IOException {
    Path sources = Files.createTempDirectory(folder, "twin");
    Path from = Optional.ofNullable(root.getParent()).orElse(Path.of(""));
    try (Stream<Path> files = alone ? Stream.of(root) : Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.size(file) <= LARGEST) {
          Path copy = sources.resolve(from.relativize(file).toString());
          Files.createDirectories(copy.getParent());
          copy(file, copy);
        }
      }
    }
    return functions(sources.resolve(from.relativize(root).toString()), more);
  }

  private static void copy(Path file, Path copy) throws IOException {
    if (file.toString().endsWith(".rs")) {
      try {
        String text = Files.readString(file);
        Files.writeString(copy, Twin.of(text, RustText.blanked(text)));
        return;
      } catch (CharacterCodingException _) {
        // no source of rustc's either
      }
    }
    Files.copy(file, copy);
  }

  /// The recorded call with another source, another place for its output and other flags.
  private Processes.Result again(Path source, Path out, List<String> flags, boolean gates)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(call.rustc()));
    for (String word : CallWords.without(call.arguments().raw(), REPLACED)) {
      boolean isRoot =
          word.endsWith(".rs") && call.directory().resolve(word).equals(root.toAbsolutePath());
      command.add(isRoot ? source.toString() : word);
    }
    command.addAll(flags);
    command.addAll(List.of("--cap-lints", "allow", "--out-dir", out.toString()));
    Map<String, String> environment = new HashMap<>(call.environment());
    environment.remove("RUSTC_WORKSPACE_WRAPPER");
    if (gates) {
      environment.put("RUSTC_BOOTSTRAP", "1");
    }
    return Processes.run(command, Optional.of(call.directory()), environment, List.of(), SECONDS);
  }

  private static String error(Processes.Result result) {
    List<String> lines = result.errors().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("error")) {
        String place =
            i + 1 < lines.size() && lines.get(i + 1).contains("-->")
                ? " at " + lines.get(i + 1).replace("-->", "").strip()
                : "";
        return lines.get(i) + place;
      }
    }
    return result.firstError();
  }

  @Override
  public void close() throws IOException {
    Folders.delete(folder);
  }
}
