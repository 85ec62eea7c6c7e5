package dev.pollard.toolchain;

import dev.pollard.files.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Asks a rustc what it is, and remembers the answer in the user's cache folder.
///
/// Three processes (`rustc -vV`, `rustc --print sysroot`, `ldd`) cost 30 to 60 ms. The answer is
/// remembered of a program that is the compiler of its own sysroot, by its real path, size and
/// modification time, for as long as the library has its own. A script, or whatever else stands for
/// a compiler, is asked each time: nothing about its file tells when it calls another one.
public final class ToolchainLocator {
  private static final byte[] SCRIPT = {'#', '!'};

  private final Optional<Path> cacheFolder;

  /// @param cacheFolder where answers are kept; empty: nowhere
  public ToolchainLocator(Optional<Path> cacheFolder) {
    this.cacheFolder = cacheFolder;
  }

  /// The user's own cache folder: `$XDG_CACHE_HOME/pollard`, `~/.cache/pollard`, or
  /// `~/Library/Caches/pollard`.
  public static Optional<Path> userCache(Map<String, String> environment) {
    var named = environment.getOrDefault("POLLARD_CACHE_DIR", "");
    if (!named.isEmpty()) {
      return Optional.of(Path.of(named));
    }
    var cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    if (!cache.isEmpty() && Path.of(cache).isAbsolute()) {
      return Optional.of(Path.of(cache, "pollard"));
    }
    var home = environment.getOrDefault("HOME", "");
    if (home.isEmpty()) {
      return Optional.empty();
    }
    var mac = Path.of(home, "Library", "Caches");
    return Optional.of(
        Files.isDirectory(mac) ? mac.resolve("pollard") : Path.of(home, ".cache", "pollard"));
  }

  /// What `rustc` is.
  ///
  /// @param rustc a compiler or a rustup proxy, by path or by a name on `PATH`
  /// @throws ToolchainException when it cannot be run, or Pollard cannot use its LLVM
  public Toolchain locate(String rustc) throws ToolchainException {
    var start = onPath(rustc);
    var kept = entry(start);
    if (kept.isPresent()) {
      var toolchain = read(kept.get());
      if (toolchain.isPresent()) {
        return toolchain.get();
      }
    }
    var toolchain = ask(start);
    if (kept.isPresent() && isItsOwn(start, toolchain)) {
      write(kept.get(), toolchain);
    }
    return toolchain;
  }

  private static Path onPath(String rustc) throws ToolchainException {
    if (rustc.contains("/") || rustc.contains("\\")) {
      return Path.of(rustc).toAbsolutePath();
    }
    for (var folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      var candidate = Path.of(folder.isEmpty() ? "." : folder, rustc);
      if (Files.isExecutable(candidate)) {
        return candidate.toAbsolutePath();
      }
    }
    throw new ToolchainException(
        "no rustc on PATH: install Rust from https://rustup.rs or set RUSTC");
  }

  private static Toolchain ask(Path rustc) throws ToolchainException {
    var version = CompletableFuture.supplyAsync(() -> query(rustc, "-vV"));
    var print = CompletableFuture.supplyAsync(() -> query(rustc, "--print=sysroot"));
    var verbose = version.join();
    var root = print.join();
    if (!verbose.succeeded() || !root.succeeded()) {
      throw new ToolchainException(
          rustc
              + " does not answer as a rustc: "
              + (verbose.succeeded() ? root : verbose).firstError());
    }
    var fields = new LinkedHashMap<String, String>();
    verbose
        .output()
        .lines()
        .map(l -> l.split(": ", 2))
        .filter(p -> p.length == 2)
        .forEach(p -> fields.put(p[0], p[1].strip()));
    var sysroot = Path.of(root.output().strip());
    var inSysroot = sysroot.resolve("bin").resolve("rustc");
    // A rustup proxy is not the compiler; the compiler of that sysroot is.
    var real = Files.isExecutable(inSysroot) ? inSysroot : rustc;
    return new Toolchain(
        real,
        field(rustc, fields, "release"),
        fields.getOrDefault("commit-hash", "unknown"),
        field(rustc, fields, "host"),
        field(rustc, fields, "LLVM version"),
        sysroot,
        LibLlvm.locate(real, sysroot));
  }

  private static Processes.Result query(Path rustc, String option) {
    try {
      return Processes.run(List.of(rustc.toString(), option));
    } catch (IOException e) {
      return new Processes.Result(-1, "", String.valueOf(e.getMessage()));
    }
  }

  private static String field(Path rustc, Map<String, String> fields, String name)
      throws ToolchainException {
    var value = fields.get(name);
    if (value == null) {
      throw new ToolchainException(
          rustc + " -vV names no \"" + name + "\": Pollard needs a rustc with an LLVM back end");
    }
    return value;
  }

  /// A rustup proxy answers differently per folder and environment, so only a compiler that lies in
  /// a sysroot, or that is no link to rustup, has an entry.
  private Optional<Path> entry(Path rustc) {
    try {
      var real = rustc.toRealPath();
      if (cacheFolder.isEmpty() || real.getFileName().toString().startsWith("rustup")) {
        return Optional.empty();
      }
      var isProxy = Files.exists(real.resolveSibling("rustup"));
      if (isProxy) {
        return Optional.empty();
      }
      var key = real + "|" + stamp(real) + "|" + System.getProperty("os.arch");
      var name = Sha256.key(key) + ".toolchain";
      return Optional.of(cacheFolder.get().resolve("toolchains").resolve(name));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// Whether a program is itself the compiler that answered.
  private static boolean isItsOwn(Path rustc, Toolchain toolchain) {
    try (var start = Files.newInputStream(rustc)) {
      boolean isScript = Arrays.equals(start.readNBytes(SCRIPT.length), SCRIPT);
      return !isScript && Files.isSameFile(rustc, toolchain.rustc());
    } catch (IOException e) {
      return false;
    }
  }

  /// What changes when a file does.
  private static String stamp(Path file) throws IOException {
    return Files.size(file) + "|" + Files.getLastModifiedTime(file).toMillis();
  }

  private static Optional<Toolchain> read(Path file) {
    try {
      var lines = Files.readAllLines(file);
      if (lines.size() != 8 || !stamp(Path.of(lines.get(6))).equals(lines.get(7))) {
        return Optional.empty();
      }
      return Optional.of(
          new Toolchain(
              Path.of(lines.get(0)),
              lines.get(1),
              lines.get(2),
              lines.get(3),
              lines.get(4),
              Path.of(lines.get(5)),
              Path.of(lines.get(6))));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void write(Path file, Toolchain t) {
    try {
      var lines =
          List.of(
              t.rustc().toString(),
              t.release(),
              t.commitHash(),
              t.host(),
              t.llvmVersion(),
              t.sysroot().toString(),
              t.libLlvm().toString(),
              stamp(t.libLlvm()));
      var folder = Files.createDirectories(file.toAbsolutePath().getParent());
      var temporary = Files.createTempFile(folder, "new", ".toolchain");
      Files.write(temporary, lines);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // A cache that cannot be written is asked again next time: slower, never wrong.
      return;
    }
  }
}
