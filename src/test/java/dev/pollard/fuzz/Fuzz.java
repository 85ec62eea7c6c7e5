package dev.pollard.fuzz;

import dev.pollard.fuzz.Builder.Built;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bench/fuzz`: random async programs, built stock and pruned, which must leave the same trace.
@Command(
    name = "bench/fuzz",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Builds crates of random async programs stock and pruned, runs both and compares their traces.",
      "All that is random follows from the seed. A difference is shrunk, and kept in WORK/found."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:no difference", "1:a difference", "101:it could not be done"})
final class Fuzz implements Callable<Integer> {
  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "what all follows from; default: the clock")
  private Optional<String> seed = Optional.empty();

  @Option(
      names = "--first",
      paramLabel = "N",
      description = "number of the first crate; default: 0")
  private int first;

  @Option(names = "--crates", paramLabel = "N", description = "how many crates; default: 1")
  private int crates = 1;

  @Option(names = "--programs", paramLabel = "N", description = "programs in each; default: 200")
  private int programs = 200;

  @Option(names = "--target", paramLabel = "host|thumb|riscv", description = "default: host")
  private String target = "host";

  @Option(names = "--jobs", paramLabel = "N", description = "crates at once; default: 1")
  private int jobs = 1;

  @Option(names = "--minutes", paramLabel = "N", description = "begins no crate after that time")
  private long minutes = Long.MAX_VALUE / 100;

  @Option(names = "--pollard", paramLabel = "FILE", description = "the launcher that is tested")
  private Optional<Path> pollard = Optional.empty();

  @Option(names = "--work", paramLabel = "FOLDER", description = "default: target/fuzz")
  private Path work = Path.of("target/fuzz");

  @Option(names = "--no-shrink", description = "only name the programs that differ")
  private boolean noShrink;

  @Option(names = "--stop", description = "ends after the first crate that differs")
  private boolean stop;

  private final AtomicInteger compared = new AtomicInteger();
  private final AtomicInteger stock = new AtomicInteger();
  private final AtomicInteger different = new AtomicInteger();
  private final AtomicLong events = new AtomicLong();
  private final long start = System.nanoTime();

  /// Started by `bench/fuzz`.
  public static void main(String[] arguments) {
    Start.run(new Fuzz(), arguments);
  }

  @Override
  public Integer call() throws Exception {
    long all = seed.map(Long::parseUnsignedLong).orElseGet(System::currentTimeMillis);
    say("seed " + Long.toUnsignedString(all));
    var kind =
        switch (target) {
          case "host" -> Target.HOST;
          case "thumb" -> Target.THUMB;
          case "riscv" -> Target.RISCV;
          default ->
              throw new IOException("there is no target " + target + ": host, thumb or riscv");
        };
    var next = new AtomicInteger(first);
    List<Future<Void>> lanes = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(jobs)) {
      for (int lane = 0; lane < jobs; lane++) {
        var folder = work.toAbsolutePath().resolve("lane" + lane);
        lanes.add(
            threads.submit(() -> {
              for (int i = next.getAndIncrement();
                  i < first + crates && seconds() < minutes * 60 && !(stop && different.get() > 0);
                  i = next.getAndIncrement()) {
                crate(i, Rng.seed(all, i), kind, folder);
              }
              return null;
            }));
      }
      for (Future<Void> lane : lanes) {
        lane.get();
      }
    }
    say(
        "%d programs compared, %d events; %d crates stayed stock; %d programs differ; %d s"
            .formatted(compared.get(), events.get(), stock.get(), different.get(), seconds()));
    return different.get() == 0 ? 0 : 1;
  }

  private long seconds() {
    return Duration.ofNanos(System.nanoTime() - start).toSeconds();
  }

  private void crate(int number, long crateSeed, Target kind, Path folder) throws IOException {
    Files.createDirectories(folder);
    var root = Path.of("").toAbsolutePath();
    var builder =
        new Builder(root, pollard.orElse(root.resolve("pollard")).toAbsolutePath(), folder);
    var profile = Profile.of(kind, crateSeed);
    var list =
        IntStream.range(0, programs)
            .mapToObj(i -> Generator.program(Rng.seed(crateSeed, i)))
            .toList();
    long before = seconds();
    switch (builder.build(list, profile)) {
      case Built.Both both -> {
        var traces = new Traces(root, kind, folder);
        var comparison = traces.compare(both.stock(), both.pruned(), programs);
        var bad = comparison.different();
        events.addAndGet(comparison.events());
        compared.addAndGet(programs);
        say(
            "crate %d: %d programs, %s: %s; %d s"
                .formatted(
                    number,
                    programs,
                    profile,
                    bad.isEmpty() ? "same" : "DIFFERENT " + bad,
                    seconds() - before));
        if (!bad.isEmpty()) {
          different.addAndGet(bad.size());
          keep(number, crateSeed, list, bad, profile, builder, both, traces);
        }
      }
      case Built.Stock(String reason) -> {
        stock.incrementAndGet();
        say("crate %d: %s: stayed stock: %s".formatted(number, profile, reason));
        if (Files.exists(builder.repro())) {
          var place = work.resolve("stock-" + number);
          Files.createDirectories(place);
          copy(builder.repro(), place.resolve("repro.zip"));
          copy(builder.log(), place.resolve("log"));
        }
      }
      case Built.Refused refused ->
          throw new IOException(
              "crate %d does not compile, programs %s:\n%s"
                  .formatted(number, refused.modules(), refused.log()));
    }
  }

  /// Keeps all that is needed to see a difference again, then shrinks it.
  private void keep(
      int number,
      long crateSeed,
      List<Program> list,
      List<Integer> bad,
      Profile profile,
      Builder builder,
      Built.Both both,
      Traces traces)
      throws IOException {
    var root = Path.of("").toAbsolutePath();
    var place = work.toAbsolutePath().resolve("found").resolve(Long.toUnsignedString(crateSeed));
    Files.createDirectories(place);
    copy(both.stock(), place.resolve("stock"));
    copy(both.pruned(), place.resolve("pruned"));
    copy(both.report(), place.resolve("report.json"));
    copy(builder.log(), place.resolve("log"));
    int index = bad.getFirst();
    var note = new StringBuilder();
    note.append(
        "Crate %d of seed %s: %s\n".formatted(number, seed.orElse("(the clock's)"), profile));
    for (int i : bad) {
      note.append("Program %d, seed %s\n".formatted(i, Long.toUnsignedString(list.get(i).seed())));
    }
    var chosen = list.get(index);
    if (profile.target().isHost()) {
      copy(traces.trace(both.stock(), "trace", index), place.resolve("stock.trace"));
      copy(traces.trace(both.pruned(), "trace", index), place.resolve("pruned.trace"));
    }
    new Crate(root.resolve("src/test/resources/fuzz")).write(place.resolve("crate"), list, profile);
    Files.writeString(place.resolve("note"), note);
    say("  kept in " + place);
    if (noShrink) {
      return;
    }
    Shrinker.Test test = candidates -> differentAmong(candidates, profile, builder, traces);
    // Alone, or among copies of itself, it may be compiled in another way: then it stays among
    // others.
    if (test.different(List.of(chosen)).isEmpty()) {
      note.append("Alone it is the same stock and pruned.\n");
      Files.writeString(place.resolve("note"), note);
      say("  program " + index + " alone is the same");
      return;
    }
    var shrunk = Shrinker.shrink(chosen, test);
    note.append("Shrunk from %d statements to %d.\n".formatted(chosen.size(), shrunk.size()));
    if (test.different(List.of(shrunk)).isEmpty()) {
      note.append("Alone the shrunk one is the same stock and pruned.\n");
    }
    copyTree(builder.source(), place.resolve("shrunk"));
    var expected = traces.trace(builder.stock(), "trace", 0);
    copy(expected, place.resolve("shrunk.stock.trace"));
    if (profile.target().isHost()) {
      var script = place.resolve("same");
      Files.writeString(
          script,
          "#!/bin/sh\n# Whether the program \"$1\" leaves the trace of the stock one.\n"
              + "\"$1\" 0 | cmp -s - '"
              + place.resolve("shrunk.stock.trace")
              + "'\n");
      script.toFile().setExecutable(true);
      builder.bisect(
          profile,
          List.of(script.toString(), "{}"),
          place.resolve("bisect.log"),
          place.resolve("repro.zip"));
    }
    Files.writeString(place.resolve("note"), note);
    say("  shrunk to %d statements: %s".formatted(shrunk.size(), place.resolve("shrunk")));
  }

  /// Those of `candidates` that compile and differ.
  private static List<Integer> differentAmong(
      List<Program> candidates, Profile profile, Builder builder, Traces traces)
      throws IOException {
    List<Integer> left = new ArrayList<>(IntStream.range(0, candidates.size()).boxed().toList());
    while (!left.isEmpty()) {
      switch (builder.build(left.stream().map(candidates::get).toList(), profile)) {
        case Built.Both both -> {
          return traces.compare(both.stock(), both.pruned(), left.size()).different().stream()
              .map(left::get)
              .toList();
        }
        case Built.Stock _ -> {
          return List.of();
        }
        case Built.Refused refused -> {
          if (refused.modules().isEmpty()) {
            return List.of();
          }
          var refusedOnes = refused.modules().stream().map(left::get).toList();
          left.removeAll(refusedOnes);
        }
      }
    }
    return List.of();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        var place = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(place);
        } else {
          copy(file, place);
        }
      }
    }
  }

  private static void say(String text) {
    System.out.println(text);
    System.out.flush();
  }
}
