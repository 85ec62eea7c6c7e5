package dev.pollard.prune;

import dev.pollard.capture.Capture;
import dev.pollard.capture.Linker;
import dev.pollard.diagnostic.FileProblem;
import dev.pollard.size.ArtifactSizes;
import dev.pollard.worker.WorkerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Links the objects of trials as the last one will be linked. An object alone does not tell what
/// the linker drops from it, merges, relaxes, or takes for it from a library: two recipes for a
/// motor's controller that are 369 bytes apart as objects are 1,040 apart as firmware, because one
/// of them calls a division.
final class TrialLinks {
  /// Linkers that make their output and nothing else.
  private static final Pattern PLAIN =
      Pattern.compile("(.*-)?(rust-lld|ld|lld|gcc|cc|clang|flip-link)(\\.exe)?");

  /// Linkers known by other endings: `ld.lld`, `wasm-ld`, `clang-19`, `gcc-14`.
  private static final Pattern SUFFIXED =
      Pattern.compile("(.*-)?(ld\\.[a-z]+|wasm-ld|(gcc|clang|lld)-\\d+)(\\.exe)?");

  /// Options by which a linker writes more files than its output, or reads more options: two links
  /// would write the same.
  private static final Pattern MORE_FILES =
      Pattern.compile(
          "-{1,2}(M|Map|print-map|reproduce|dependency-file|out-implib|cref|time-trace|save-temps"
              + "|why-extract|print-archive-stats|opt-remarks-filename|plugin-opt)([=,:-].*)?|@.*");

  /// Links at once.
  private static final int AT_ONCE = 2;

  /// How long the end waits for links under way.
  private static final long PATIENCE = 60;

  private final Capture capture;
  private final Path folder;
  private final AtomicInteger count = new AtomicInteger();
  private final Semaphore permits = new Semaphore(AT_ONCE, true);
  private volatile boolean closed;

  private TrialLinks(Capture capture, Path folder) {
    this.capture = capture;
    this.folder = folder;
  }

  /// How to link trials of a program; empty when that might do more than make a file of this name.
  static Optional<TrialLinks> of(Capture capture) throws IOException {
    if (!makesOneFile(capture.link().arguments())) {
      return Optional.empty();
    }
    return Optional.of(
        new TrialLinks(
            capture, Files.createDirectories(capture.directory().resolve("trial-links"))));
  }

  /// Whether a link command makes its output and nothing else, as far as one can tell from it.
  static boolean makesOneFile(List<String> command) {
    Path program = Path.of(command.getFirst()).getFileName();
    String name = program == null ? "" : program.toString();
    return (PLAIN.matcher(name).matches() || SUFFIXED.matcher(name).matches())
        && command.stream()
            .skip(1)
            .flatMap(
                a -> Stream.of(a.startsWith("-Wl,") ? a.substring(4).split(",") : a.split("\\s")))
            .noneMatch(a -> MORE_FILES.matcher(a).matches());
  }

  /// Bytes of flash that rustc's own artifact takes.
  long stock() throws IOException {
    return ArtifactSizes.of(capture.stockArtifact()).flash();
  }

  /// Bytes of flash that an artifact with this object takes.
  ///
  /// @throws WorkerException when it cannot be linked, or what comes out cannot be read
  long flash(Path object) throws WorkerException {
    Path artifact = folder.resolve(Integer.toString(count.incrementAndGet()));
    permits.acquireUninterruptibly();
    try {
      if (closed) {
        throw new WorkerException("stopped");
      }
      var result = Linker.again(capture, object, artifact);
      if (!result.succeeded()) {
        throw new WorkerException("the link of a trial failed: " + result.firstError());
      }
      return ArtifactSizes.of(artifact).flash();
    } catch (IOException e) {
      throw new WorkerException("cannot link a trial: " + FileProblem.of(e), e);
    } finally {
      permits.release();
      ScratchFiles.delete(artifact);
    }
  }

  /// Waits for links under way; no other begins.
  void close() {
    closed = true;
    try {
      if (permits.tryAcquire(AT_ONCE, PATIENCE, TimeUnit.SECONDS)) {
        permits.release(AT_ONCE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
