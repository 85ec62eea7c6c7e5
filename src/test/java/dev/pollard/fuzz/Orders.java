package dev.pollard.fuzz;

import dev.pollard.capture.Capture;
import dev.pollard.capture.CaptureFile;
import dev.pollard.capture.Linker;
import dev.pollard.fuzz.Builder.Built;
import dev.pollard.llvm.CodeGenLevel;
import dev.pollard.llvm.CodeGeneration;
import dev.pollard.pass.PassOptions;
import dev.pollard.pass.Pipeline;
import dev.pollard.worker.Job;
import dev.pollard.worker.WorkerException;
import dev.pollard.worker.WorkerLimits;
import dev.pollard.worker.WorkerPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bench/fuzz-orders`: passes in random orders on the bitcode of random programs, LLVM's verifier
/// after each; then the programs are linked and run.
@Command(
    name = "bench/fuzz-orders",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs passes in random orders on the bitcode of crates of random programs, LLVM's verifier",
      "after each, links what comes of it, and compares the traces with stock's.",
      "All that is random follows from the seed."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:no difference", "1:a difference", "101:it could not be done"})
final class Orders implements Callable<Integer> {
  /// What an order is made of. Pollard's own passes stand several times: they are what is tested.
  private static final List<String> ATOMS =
      Stream.concat(
              Stream.of(
                  "resumed-panics",
                  "frame-pointers",
                  "inline-threshold(%d)",
                  "future-moves",
                  "future-moves",
                  "future-moves",
                  "equal-states",
                  "equal-states",
                  "equal-states",
                  "packed-locations",
                  "packed-locations(rows)",
                  "static-alignment",
                  "linker-relaxation",
                  "lto-z",
                  "lto-s",
                  "lto-2",
                  "round-z",
                  "round-z",
                  "tail-z"),
              Stream.of(
                      "default<O1>",
                      "default<Os>",
                      "mergefunc",
                      "globalopt",
                      "ipsccp",
                      "deadargelim",
                      "cgscc(inline)",
                      "cgscc(argpromotion)",
                      "function(sroa)",
                      "function(sroa<modify-cfg>,instcombine)",
                      "function(mem2reg,early-cse)",
                      "function(reg2mem)",
                      "function(instcombine)",
                      "function(simplifycfg)",
                      "function(gvn)",
                      "function(newgvn)",
                      "function(jump-threading)",
                      "function(correlated-propagation)",
                      "function(memcpyopt)",
                      "function(dse)",
                      "function(sccp,adce)",
                      "function(reassociate)",
                      "function(loop-mssa(licm))",
                      "function(loop(loop-rotate))",
                      "function(loop-unroll)",
                      "function(tailcallelim)",
                      "function(sink)",
                      "function(lower-switch)")
                  .map(p -> "llvm(" + p + ")"))
          .toList();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "what all follows from; default: the clock")
  private Optional<String> seed = Optional.empty();

  @Option(names = "--crates", paramLabel = "N", description = "how many crates; default: 1")
  private int crates = 1;

  @Option(names = "--programs", paramLabel = "N", description = "programs in each; default: 30")
  private int programs = 30;

  @Option(names = "--orders", paramLabel = "N", description = "orders for each crate; default: 20")
  private int orders = 20;

  @Option(names = "--minutes", paramLabel = "N", description = "begins no order after that time")
  private long minutes = Long.MAX_VALUE / 100;

  @Option(
      names = "--passes",
      paramLabel = "PASS",
      split = ";",
      description = "this order instead of random ones")
  private List<String> given = List.of();

  @Option(
      names = "--again",
      description =
          "on the capture that the last run left in WORK, with the same seed and programs")
  private boolean again;

  @Option(names = "--pollard", paramLabel = "FILE", description = "the launcher that builds")
  private Optional<Path> pollard = Optional.empty();

  @Option(names = "--work", paramLabel = "FOLDER", description = "default: target/fuzz-orders")
  private Path work = Path.of("target/fuzz-orders");

  private final long start = System.nanoTime();
  private int tried;
  private int bad;

  /// Started by `bench/fuzz-orders`.
  public static void main(String[] arguments) {
    Start.run(new Orders(), arguments);
  }

  @Override
  public Integer call() throws Exception {
    long all = seed.map(Long::parseUnsignedLong).orElseGet(System::currentTimeMillis);
    say("seed " + Long.toUnsignedString(all));
    for (int i = 0; i < crates && seconds() < minutes * 60; i++) {
      crate(i, Rng.seed(all, i));
    }
    say("%d orders on %d crates; %d differ; %d s".formatted(tried, crates, bad, seconds()));
    return bad == 0 ? 0 : 1;
  }

  private long seconds() {
    return Duration.ofNanos(System.nanoTime() - start).toSeconds();
  }

  private void crate(int number, long crateSeed) throws IOException, WorkerException {
    var root = Path.of("").toAbsolutePath();
    var folder = Files.createDirectories(work.toAbsolutePath());
    var builder =
        new Builder(root, pollard.orElse(root.resolve("pollard")).toAbsolutePath(), folder);
    var drawn = Profile.of(Target.HOST, crateSeed);
    var profile = new Profile(Target.HOST, drawn.level(), drawn.unwinds(), drawn.debug(), "fast");
    var list =
        IntStream.range(0, programs)
            .mapToObj(i -> Generator.program(Rng.seed(crateSeed, i)))
            .toList();
    if (!again && !(builder.buildAndCapture(list, profile) instanceof Built.Both)) {
      throw new IOException("crate %d is not pruned: see %s".formatted(number, builder.log()));
    }
    say("crate %d: %d programs, %s".formatted(number, programs, profile));
    var capture = CaptureFile.read(builder.capture().resolve(CaptureFile.NAME));
    var traces = new Traces(root, Target.HOST, folder);
    var limits = new WorkerLimits(4L << 30, Duration.ofMinutes(20));
    try (var pool = WorkerPool.launch(1, limits)) {
      pool.use(new Job.Start(capture.toolchain().libLlvm(), capture.target(), false, List.of()));
      // What nothing reaches goes once for all.
      var reached = folder.resolve("reached.bc");
      if (!again) {
        optimize(pool, capture, capture.bitcode(), List.of("llvm(globaldce)"), reached);
      }
      for (int i = 0; i < orders && seconds() < minutes * 60; i++) {
        order(i, new Rng(Rng.seed(~crateSeed, i)), pool, capture, reached, builder.stock(), traces);
      }
    }
  }

  private void order(
      int number,
      Rng rng,
      WorkerPool pool,
      Capture capture,
      Path reached,
      Path stock,
      Traces traces)
      throws IOException {
    var passes = given.isEmpty() ? passes(rng) : given;
    var level = rng.pick(List.of(CodeGenLevel.LESS, CodeGenLevel.DEFAULT));
    var generation = new CodeGeneration(level, rng.pick(List.of(true, false)));
    var text =
        "--passes='" + String.join(",", passes) + "' at code generation " + generation.word();
    tried++;
    try {
      var after = reached.resolveSibling("after.bc");
      optimize(pool, capture, reached, passes, after);
      var artifact = link(pool, capture, after, generation, reached.resolveSibling("made"));
      var different = traces.compare(stock, artifact, programs).different();
      if (different.isEmpty()) {
        say("  order %d: same".formatted(number));
        return;
      }
      say("  order %d: DIFFERENT %s: %s".formatted(number, different, text));
      keep(number, capture, reached, artifact, stock, text + "\nprograms " + different);
    } catch (WorkerException e) {
      say("  order %d: FAILED: %s: %s".formatted(number, e.getMessage(), text));
      keep(number, capture, reached, stock, stock, text + "\n" + e.getMessage());
    }
    bad++;
  }

  private void keep(int number, Capture capture, Path reached, Path made, Path stock, String note)
      throws IOException {
    var place =
        Files.createDirectories(
            work.toAbsolutePath().resolve("found").resolve(tried + "-" + number));
    Files.writeString(place.resolve("note"), note + "\n" + capture.toolchain().release() + "\n");
    copy(reached, place.resolve("program.bc"));
    copy(made, place.resolve("made"));
    copy(stock, place.resolve("stock"));
    say("    kept in " + place);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  /// An order: two to eight passes, at most two of which are whole pipelines for LTO.
  private static List<String> passes(Rng rng) {
    List<String> passes = new ArrayList<>();
    int count = rng.from(2, 8);
    int large = 0;
    while (passes.size() < count) {
      var atom = rng.pick(ATOMS);
      boolean isLarge =
          Pipeline.isBase(atom) || atom.startsWith("round") || atom.contains("default<");
      if (!isLarge || ++large <= 2) {
        passes.add(atom.replace("%d", String.valueOf(rng.pick(List.of(5, 15, 35, 70)))));
      }
    }
    return passes;
  }

  private static void optimize(
      WorkerPool pool, Capture capture, Path from, List<String> passes, Path to)
      throws WorkerException {
    var _ =
        pool.run(
            new Job.Optimize(
                from,
                capture.debugInfo(),
                passes,
                PassOptions.of(capture.target().triple()),
                CodeGenLevel.LESS,
                OptionalLong.empty(),
                to));
  }

  private static Path link(
      WorkerPool pool, Capture capture, Path bitcode, CodeGeneration generation, Path artifact)
      throws WorkerException, IOException {
    var object = artifact.resolveSibling("made.o");
    var _ =
        pool.run(
            new Job.Compile(
                bitcode,
                capture.debugInfo(),
                List.of(),
                PassOptions.of(capture.target().triple()),
                generation,
                Optional.of(object),
                false,
                OptionalInt.empty(),
                OptionalLong.empty()));
    Files.deleteIfExists(artifact);
    var link = Linker.again(capture, object, artifact);
    if (!link.succeeded() || !Files.exists(artifact)) {
      throw new WorkerException("it cannot be linked: " + link.firstError());
    }
    return artifact;
  }

  private static void say(String text) {
    System.out.println(text);
    System.out.flush();
  }
}
