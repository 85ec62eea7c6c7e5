package dev.pollard.cargo;

import dev.pollard.files.Folders;
import dev.pollard.toolchain.Processes;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Builds revisions of the git repository at hand, one after the other, in a worktree that nobody
/// else uses. Nothing of the user's own tree or index is touched, and no hook runs; what is built
/// for both, such as dependencies, is built once, and kept for the next time in the target folder.
///
/// All revisions are built at one path, because panic texts may hold it.
///
/// The worktree is under the target folder, unless cargo would find the configuration of the user's
/// own tree above it there: cargo joins lists, such as a linker's arguments, of all that it finds.
public final class Revisions implements AutoCloseable {
  private static final List<String> GIT =
      List.of("git", "-c", "core.hooksPath=/dev/null", "-c", "advice.detachedHead=false");

  /// The longest that git may take for a checkout, seconds.
  private static final long PATIENCE = 600;

  private final Request request;
  private final Path top;
  private final String prefix;
  private final Path lock;
  private final Path folder;
  private final Path tree;
  private final List<String> configs = new ArrayList<>();
  private final Thread cleaner = new Thread(this::remove);
  private boolean added;

  /// What is to be built.
  ///
  /// @param words cargo's own, such as `--bin x`
  /// @param stock whether by `cargo build` instead of `pollard build`
  /// @param home Pollard's own folder
  /// @param out where what a build script prints goes
  public record Request(
      List<String> words,
      boolean stock,
      Path home,
      Map<String, String> environment,
      PrintStream out) {
    public Request {
      words = List.copyOf(words);
      environment = Map.copyOf(environment);
    }
  }

  private Revisions(Request request, Path top, String prefix, Path lock, Path folder, Path tree) {
    this.request = request;
    this.top = top;
    this.prefix = prefix;
    this.lock = lock;
    this.folder = folder;
    this.tree = tree;
  }

  /// Finds the repository and the target folder; makes nothing yet.
  ///
  /// @throws IOException when the current folder is in no repository, cargo does not know it, or
  ///   the words name a place outside of a worktree
  public static Revisions open(Request request) throws IOException {
    var arguments = CargoArguments.of(Subcommand.BUILD, request.words(), false);
    if (arguments.value("--target-dir").isPresent()) {
      throw new IOException("--rev builds in a target folder of its own: leave --target-dir out");
    }
    if (arguments.value("--manifest-path").filter(p -> Path.of(p).isAbsolute()).isPresent()) {
      throw new IOException("--rev needs a --manifest-path that counts from the current folder");
    }
    Path top = Path.of(line("--show-toplevel"));
    String prefix = line("--show-prefix");
    var metadata = new ArrayList<String>(List.of(Cargo.program(arguments, request.environment())));
    metadata.addAll(List.of("metadata", "--format-version", "1", "--no-deps"));
    arguments
        .value("--manifest-path")
        .ifPresent(p -> metadata.addAll(List.of("--manifest-path", p)));
    var result = Processes.run(metadata);
    if (!result.succeeded()) {
      throw new IOException("cargo metadata: " + result.firstError());
    }
    Path target;
    Path lock;
    try {
      var root = JsonMapper.shared().readTree(result.output());
      target = Path.of(root.path("target_directory").asString(""));
      lock = Path.of(root.path("workspace_root").asString("")).resolve("Cargo.lock");
    } catch (JacksonException e) {
      throw new IOException("cargo metadata: " + e.getOriginalMessage(), e);
    }
    Path folder = target.resolve("pollard").resolve("diff");
    folder = Files.createDirectories(folder).toRealPath();
    boolean apart = isConfigured(folder, top);
    Path tree =
        apart
            ? Files.createTempDirectory("pollard-diff").toRealPath().resolve("tree")
            : folder.resolve("tree-" + ProcessHandle.current().pid());
    var revisions = new Revisions(request, top, prefix, lock, folder, tree);
    if (!tree.startsWith(top)) {
      revisions.configsAbove();
    }
    return revisions;
  }

  /// The two ends of `A..B`; an empty end is `HEAD`.
  public static List<String> ends(String range) throws IOException {
    int dots = range.indexOf("..");
    if (dots < 0 || range.indexOf("..", dots + 1) >= 0 || range.equals("..")) {
      throw new IOException("--rev takes two revisions, as in main..HEAD, not " + range);
    }
    var ends = new ArrayList<String>();
    for (String end : List.of(range.substring(0, dots), range.substring(dots + 2))) {
      ends.add(end.isEmpty() ? "HEAD" : end);
    }
    return ends;
  }

  private static String line(String question) throws IOException {
    var result = Processes.run(List.of("git", "rev-parse", question));
    if (!result.succeeded()) {
      throw new IOException("--rev: git: " + result.firstError());
    }
    return result.output().strip();
  }

  /// Whether cargo, run below `folder`, finds a configuration in the user's tree.
  private static boolean isConfigured(Path folder, Path top) {
    for (Path f = folder; f != null && f.startsWith(top); f = f.getParent()) {
      if (config(f).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Path> config(Path folder) {
    return Stream.of("config", "config.toml")
        .map(n -> folder.resolve(".cargo").resolve(n))
        .filter(Files::exists)
        .findFirst();
  }

  /// The configurations above the repository, which a worktree elsewhere would miss.
  private void configsAbove() {
    String home = request.environment().getOrDefault("CARGO_HOME", "");
    String user = request.environment().getOrDefault("HOME", "");
    Path own = home.isEmpty() ? Path.of(user, ".cargo") : Path.of(home);
    for (Path f = top.getParent(); f != null; f = f.getParent()) {
      if (!f.resolve(".cargo").equals(own)) {
        config(f).ifPresent(c -> configs.addFirst(c.toString()));
      }
    }
  }

  /// Builds one revision.
  ///
  /// @return a copy of the artifact, which is there until [#close]
  /// @throws IOException when there is no such revision, it does not build, or it makes not one
  ///   artifact
  public Path build(String revision) throws IOException {
    String commit =
        git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}");
    if (commit.isEmpty()) {
      throw new IOException("--rev: there is no revision " + revision);
    }
    checkOut(commit);
    Path copied = tree.resolve(top.relativize(lock).toString());
    if (lock.startsWith(top) && Files.exists(lock) && !Files.exists(copied)) {
      Files.copy(lock, copied); // it is not in the repository: both are built with the same crates
    }
    var built = new HashMap<String, Path>();
    for (var artifact : run(revision)) {
      built.put(artifact.name(), artifact.file());
    }
    if (built.size() != 1) {
      throw new IOException(
          "--rev: %s builds %s; name one program, as in -- --bin NAME"
              .formatted(
                  revision,
                  built.isEmpty()
                      ? "no program"
                      : String.join(", ", built.keySet().stream().sorted().toList())));
    }
    Path file = built.values().iterator().next();
    Path kept = Files.createDirectories(folder.resolve(commit)).resolve(file.getFileName());
    return Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING);
  }

  private void checkOut(String commit) throws IOException {
    if (added) {
      git(tree, "checkout", "--quiet", "--detach", "--force", commit);
      git(tree, "clean", "--quiet", "-ffdx");
    } else {
      Runtime.getRuntime().addShutdownHook(cleaner);
      added = true;
      git(top, "worktree", "add", "--quiet", "--detach", "--force", tree.toString(), commit);
    }
  }

  private List<BuiltArtifacts.Artifact> run(String revision) throws IOException {
    var words = new ArrayList<>(request.words());
    configs.forEach(c -> words.addAll(0, List.of("--config", c)));
    String format = "--message-format=json-render-diagnostics";
    var command = new ArrayList<String>();
    if (request.stock()) {
      var arguments = CargoArguments.of(Subcommand.BUILD, words, false);
      command.add(Cargo.program(arguments, request.environment()));
      command.addAll(arguments.commandLine(List.of(format)));
    } else {
      command.addAll(List.of(request.home().resolve("pollard").toString(), "build", format));
      command.addAll(words);
    }
    var builder =
        new ProcessBuilder(command)
            .directory(tree.resolve(prefix).toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("CARGO_TARGET_DIR", folder.resolve("build").toString());
    try {
      var process = builder.start();
      process.getOutputStream().close();
      var artifacts = BuiltArtifacts.read(process.getInputStream(), request.out()).list();
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException("--rev: %s does not build (exit code %d)".formatted(revision, code));
      }
      return artifacts;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String git(Path directory, String... words) throws IOException {
    var command = new ArrayList<>(GIT);
    command.addAll(List.of(words));
    var result = Processes.run(command, Optional.of(directory), Map.of(), List.of(), PATIENCE);
    if (!result.succeeded() && !words[0].equals("rev-parse")) {
      throw new IOException("--rev: git " + words[0] + ": " + result.firstError());
    }
    return result.succeeded() ? result.output().strip() : "";
  }

  /// Takes the worktree and the copies away; what cargo built stays for the next time.
  @Override
  public void close() {
    if (added) {
      Runtime.getRuntime().removeShutdownHook(cleaner);
      remove();
    } else {
      removeTemporary();
    }
  }

  private void remove() {
    try {
      git(top, "worktree", "remove", "--force", tree.toString());
    } catch (IOException e) {
      deleteAll(tree);
      forget();
    }
    removeTemporary();
    try (var left = Files.list(folder)) {
      left.filter(f -> !f.endsWith("build")).toList().forEach(Revisions::deleteAll);
    } catch (IOException e) {
      // nothing of the user's is there; the next time will clean it
    }
  }

  private void removeTemporary() {
    if (!tree.startsWith(folder)) {
      Optional.ofNullable(tree.getParent()).ifPresent(Revisions::deleteAll);
    }
  }

  /// Has git forget a worktree whose folder is gone.
  private void forget() {
    try {
      git(top, "worktree", "prune");
    } catch (IOException e) {
      // git prunes of itself after a while
    }
  }

  private static void deleteAll(Path folder) {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      // as above
    }
  }
}
