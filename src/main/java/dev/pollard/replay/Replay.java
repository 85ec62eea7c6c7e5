package dev.pollard.replay;

import dev.pollard.files.Folders;
import dev.pollard.toolchain.Processes;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes a program again with some sources of one crate changed, beside what cargo made: the very
/// calls of rustc for that crate and for those that need it, with other places for what goes in and
/// comes out. Texts with paths (panics' locations) stay as long as they were.
public final class Replay implements AutoCloseable {
  private static final long SECONDS = 1800;

  /// What a crate's call says in vain elsewhere: cargo's jobserver is gone.
  private static final List<String> GONE =
      List.of("CARGO_MAKEFLAGS", "MAKEFLAGS", "MFLAGS", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER");

  private final LinkedProgram program;
  private final Path folder;
  private final Map<Path, Path> copies = new HashMap<>();

  /// @throws IOException when there is no room
  public Replay(LinkedProgram program) throws IOException {
    this.program = program;
    this.folder = Files.createTempDirectory("pollard-replay").toRealPath();
  }

  /// What came of it.
  ///
  /// @param linked the program; empty when it does not compile. It is there until the next run
  /// @param messages rustc's messages on the crate, a JSON object each
  public record Result(Optional<Path> linked, List<String> messages) {
    public Result {
      messages = List.copyOf(messages);
    }
  }

  /// Makes it again.
  ///
  /// @param crate one of the program's
  /// @param changed the texts of those of its sources that change
  /// @throws IOException when files cannot be read or written
  public Result run(Crate crate, Map<Path, String> changed) throws IOException {
    Path out = folder.resolve("out");
    Folders.delete(out);
    Files.createDirectories(out);
    Path manifestFolder = crate.call().manifestFolder();
    Path copy = copy(manifestFolder);
    List<Path> written = new ArrayList<>();
    List<String> messages = List.of();
    try {
      for (var change : changed.entrySet()) {
        if (!change.getKey().startsWith(manifestFolder)) {
          return new Result(Optional.empty(), List.of()); // not in the copy
        }
        Path file = copy.resolve(manifestFolder.relativize(change.getKey()).toString());
        written.add(change.getKey());
        Files.writeString(file, change.getValue());
      }
      for (Crate each : program.from(crate)) {
        boolean edited = each.equals(crate);
        Processes.Result result = again(each, out, edited ? Optional.of(copy) : Optional.empty());
        if (edited) {
          messages = result.errors().lines().filter(l -> l.startsWith("{")).toList();
        }
        if (!result.succeeded()) {
          return new Result(Optional.empty(), messages);
        }
      }
    } finally {
      for (Path original : written) {
        Files.copy(
            original,
            copy.resolve(manifestFolder.relativize(original).toString()),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return new Result(program.crates().getLast().linked(out), messages);
  }

  private Processes.Result again(Crate crate, Path out, Optional<Path> copy) throws IOException {
    List<String> words =
        CallWords.without(
            crate.call().arguments().withOutDir(out.toString()), Set.of("--cap-lints"));
    List<String> command = new ArrayList<>(List.of(crate.call().rustc()));
    String root = crate.rootWord().orElse("");
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals(root) && copy.isPresent()) {
        command.add(copied(crate, root, copy.get()).toString());
      } else if (word.equals("--extern") && i + 1 < words.size()) {
        command.add(word);
        command.add(moved(words.get(++i), out));
      } else {
        command.add(word);
      }
    }
    command.addAll(List.of("--cap-lints", "allow", "-L", "dependency=" + out));
    copy.ifPresent(c -> command.add("--remap-path-prefix=%s=%s".formatted(c, prefix(crate, root))));
    return Processes.run(
        command, Optional.of(crate.call().directory()), environment(crate), GONE, SECONDS);
  }

  /// Has another compiler look at a crate: clippy, whose driver takes rustc's arguments.
  ///
  /// @param flags more for it, such as `-Wclippy::unused_async`
  /// @return its messages, a JSON object each
  /// @throws IOException when it cannot be started
  public static List<String> lookAt(Crate crate, Path driver, List<String> flags)
      throws IOException {
    Path out = Files.createTempDirectory("pollard-look");
    try {
      List<String> command = new ArrayList<>(List.of(driver.toString(), crate.call().rustc()));
      command.addAll(
          CallWords.without(
              crate.call().arguments().withOutDir(out.toString()),
              Set.of("--emit", "--cap-lints")));
      command.add("--emit=metadata");
      command.addAll(flags);
      return Processes.run(
              command, Optional.of(crate.call().directory()), environment(crate), GONE, SECONDS)
          .errors()
          .lines()
          .filter(l -> l.startsWith("{"))
          .toList();
    } finally {
      Folders.delete(out);
    }
  }

  private static Map<String, String> environment(Crate crate) {
    Map<String, String> environment = new HashMap<>(crate.call().environment());
    GONE.forEach(environment::remove);
    return environment;
  }

  private static Path copied(Crate crate, String root, Path copy) {
    Path file = crate.call().directory().resolve(root).normalize();
    return copy.resolve(crate.call().manifestFolder().relativize(file).toString());
  }

  /// The word that names the first source, without what is within the package.
  private static String prefix(Crate crate, String root) {
    String within =
        crate
            .call()
            .manifestFolder()
            .relativize(crate.call().directory().resolve(root).normalize())
            .toString();
    String prefix =
        root.endsWith(within) ? root.substring(0, root.length() - within.length()) : root;
    return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
  }

  /// An extern with its library where it was made again, if it was.
  private static String moved(String extern, Path out) {
    int equals = extern.indexOf('=');
    if (equals < 0) {
      return extern;
    }
    Path again = out.resolve(Path.of(extern.substring(equals + 1)).getFileName().toString());
    return Files.exists(again) ? extern.substring(0, equals + 1) + again : extern;
  }

  /// A copy of a package's folder, without what builds and version control leave there.
  private Path copy(Path package_) throws IOException {
    Path known = copies.get(package_);
    if (known != null) {
      return known;
    }
    Path copy = Files.createDirectory(folder.resolve("package" + copies.size()));
    Files.walkFileTree(
        package_,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            boolean left =
                !dir.equals(package_)
                    && (String.valueOf(dir.getFileName()).equals(".git")
                        || Files.exists(dir.resolve("CACHEDIR.TAG")));
            if (left) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(copy.resolve(package_.relativize(dir).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              Path to = copy.resolve(package_.relativize(file).toString());
              Files.copy(file, to);
              to.toFile().setWritable(true);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    copies.put(package_, copy);
    return copy;
  }

  @Override
  public void close() throws IOException {
    Folders.delete(folder);
  }
}
