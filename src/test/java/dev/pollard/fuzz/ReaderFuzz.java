package dev.pollard.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Gives a reader damaged inputs, and keeps those that it does not take as it should: where it
/// throws anything but its own error, takes more than [#MOST_SECONDS], or allocates more than
/// [#MOST_BYTES] beyond the input (all that is allocated on the way, most of which is garbage at
/// once).
final class ReaderFuzz {
  static final long MOST_SECONDS = 5;
  static final long MOST_BYTES = 64L << 20;

  /// A reader that has not come back by then will not: the program ends, and says where it was.
  private static final long HOPELESS_SECONDS = 120;

  private final ReaderTarget target;
  private final long seed;
  private final Path kept;
  private final List<String> failures = new ArrayList<>();
  private long read;
  private long refused;
  private long slowest;
  private long largest;
  private volatile long current;
  private volatile long since;

  /// What came of a run.
  ///
  /// @param read inputs that were read to their end
  /// @param refused those that the reader called malformed
  /// @param slowest nanoseconds of the slowest one
  /// @param largest bytes that the one allocated that allocated most, beyond its own size
  /// @param seconds of all
  record Outcome(
      String target,
      long read,
      long refused,
      long slowest,
      long largest,
      double seconds,
      List<String> failures) {
    @Override
    public String toString() {
      return "%-10s %,9d inputs: %,9d read, %,9d refused; %,6.1f s, slowest %,5d ms, most allocated %,6d KiB, %d failures"
          .formatted(
              target,
              read + refused + failures.size(),
              read,
              refused,
              seconds,
              slowest / 1_000_000,
              largest >> 10,
              failures.size());
    }
  }

  private ReaderFuzz(ReaderTarget target, long seed, Path kept) {
    this.target = target;
    this.seed = seed;
    this.kept = kept;
  }

  /// Reads `count` inputs, which follow from the seed, the target's name and their number alone.
  ///
  /// @param kept a folder for inputs that fail
  static Outcome run(ReaderTarget target, long seed, long count, Path kept) throws IOException {
    return new ReaderFuzz(target, seed, kept).run(count);
  }

  private Outcome run(long count) throws IOException {
    for (byte[] whole : target.seeds()) {
      try {
        target.reader().read(whole);
      } catch (ReaderTarget.Refused e) {
        throw new AssertionError(target.name() + " refuses a whole input", e);
      }
    }
    var watch = Thread.ofPlatform().daemon().start(this::watch);
    long start = System.nanoTime();
    for (long i = 0; i < count; i++) {
      one(i, input(i));
    }
    watch.interrupt();
    return new Outcome(
        target.name(),
        read,
        refused,
        slowest,
        largest,
        (System.nanoTime() - start) / 1e9,
        List.copyOf(failures));
  }

  /// The input of that number.
  private byte[] input(long number) {
    var random = new Random(seed * 31 + target.name().hashCode() * 1_000_003L + number * 7919);
    byte[] whole = target.seeds().get(random.nextInt(target.seeds().size()));
    byte[] other = target.seeds().get(random.nextInt(target.seeds().size()));
    var mutator = new Mutator(random);
    return target.isText()
        ? mutator.text(new String(whole, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8)
        : mutator.binary(whole, other);
  }

  private void one(long number, byte[] input) throws IOException {
    current = number;
    since = System.nanoTime();
    long before = allocated();
    long start = System.nanoTime();
    try {
      target.reader().read(input);
      read++;
    } catch (ReaderTarget.Refused e) {
      refused++;
    } catch (Throwable e) { // whatever it is, it is what is looked for
      fail(number, input, e + " at " + place(e));
    }
    long time = System.nanoTime() - start;
    long bytes = allocated() - before - input.length;
    slowest = Math.max(slowest, time);
    largest = Math.max(largest, bytes);
    if (time > MOST_SECONDS * 1_000_000_000) {
      fail(number, input, "took " + time / 1_000_000 + " ms");
    }
    if (bytes > MOST_BYTES) {
      fail(number, input, "allocated " + (bytes >> 10) + " KiB for " + input.length + " bytes");
    }
  }

  /// The innermost of Pollard's own lines; the virtual machine leaves them out of what is thrown
  /// again and again.
  private static String place(Throwable e) {
    return Arrays.stream(e.getStackTrace())
        .filter(f -> f.getClassName().startsWith("dev.pollard."))
        .findFirst()
        .map(StackTraceElement::toString)
        .orElse("an unknown place");
  }

  private void fail(long number, byte[] input, String what) throws IOException {
    failures.add("%s, input %d of seed %d: %s".formatted(target.name(), number, seed, what));
    Files.createDirectories(kept);
    Files.write(kept.resolve(target.name() + "-" + seed + "-" + number), input);
  }

  private void watch() {
    since = System.nanoTime();
    while (!Thread.interrupted()) {
      try {
        Thread.sleep(1000);
      } catch (InterruptedException e) {
        return;
      }
      if (System.nanoTime() - since > HOPELESS_SECONDS * 1_000_000_000) {
        System.err.printf("%s hangs at input %d of seed %d%n", target.name(), current, seed);
        Runtime.getRuntime().halt(1);
      }
    }
  }

  /// Bytes that this thread has allocated so far. Pollard's module does not need the one that
  /// tells.
  private static long allocated() {
    return Allocations.ofThisThread();
  }
}
