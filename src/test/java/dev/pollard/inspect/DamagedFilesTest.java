package dev.pollard.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.object.MalformedObjectException;
import dev.pollard.testing.DebugProgram;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All readers at once, from ELF and wasm to line tables: a damaged file is refused with its name
/// and the place, or it is read, and then everything adds up; in bounded time and memory.
/// `-Dpollard.fuzz=N` reads N damaged files of each kind instead of a few.
class DamagedFilesTest {
  private static final int ROUNDS = Integer.getInteger("pollard.fuzz", 150);
  private static final long MOST_SECONDS = 5;

  /// All that is allocated on the way, most of which is garbage at once.
  private static final long MOST_BYTES = 64L << 20;

  private static final List<String> TRIPLES =
      List.of(
          "x86_64-linux-gnu",
          "thumbv7em-none-eabi",
          "powerpc64-linux-gnu",
          "wasm32-unknown-unknown");

  @TempDir private Path folder;

  private int read;
  private int refused;
  private long slowest;
  private long largest;

  @Test
  void aDamagedFileIsReadAndAddsUpOrIsRefused() throws IOException {
    var random = new Random(7);
    for (String triple : TRIPLES) {
      for (int version : new int[] {4, 5}) {
        byte[] whole = Files.readAllBytes(DebugProgram.build(folder, triple, version));
        inspect(whole);
        assertThat(refused).isZero();
      }
    }
    read = 0;
    largest = 0;
    slowest = 0;
    for (String triple : TRIPLES) {
      for (int version : new int[] {4, 5}) {
        byte[] whole = Files.readAllBytes(DebugProgram.build(folder, triple, version));
        List<Integer> interesting = interesting(whole);
        for (int round = 0; round < ROUNDS; round++) {
          inspect(damaged(whole, interesting, random));
        }
      }
    }
    System.out.printf(
        "damaged files: %,d read, %,d refused; slowest %,d ms, most allocated %,d KiB%n",
        read, refused, slowest / 1_000_000, largest >> 10);
    assertThat(read).isGreaterThan(ROUNDS / 2);
    assertThat(refused).isGreaterThan(ROUNDS / 2);
    assertThat(slowest).isLessThan(MOST_SECONDS * 1_000_000_000);
    assertThat(largest).isLessThan(MOST_BYTES);
  }

  private void inspect(byte[] bytes) throws IOException {
    long allocated = allocated();
    long start = System.nanoTime();
    try {
      Inspection inspection = Inspection.of("damaged", MemorySegment.ofArray(bytes));
      long flash = inspection.sizes().flash();
      assertThat(inspection.byKind().values().stream().mapToLong(b -> b).sum()).isEqualTo(flash);
      assertThat(sum(inspection.byFunction())).isEqualTo(flash);
      assertThat(sum(inspection.byLine())).isEqualTo(flash);
      read++;
    } catch (MalformedObjectException e) {
      assertThat(e).hasMessageStartingWith("damaged: ");
      refused++;
    }
    slowest = Math.max(slowest, System.nanoTime() - start);
    largest = Math.max(largest, allocated() - allocated);
  }

  /// Bytes that this thread has allocated so far. Pollard's module does not need the one that
  /// tells.
  private static long allocated() {
    try {
      Object threads =
          Class.forName("java.lang.management.ManagementFactory")
              .getMethod("getThreadMXBean")
              .invoke(null);
      return (long)
          Class.forName("com.sun.management.ThreadMXBean")
              .getMethod("getCurrentThreadAllocatedBytes")
              .invoke(threads);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static long sum(List<Row> rows) {
    return rows.stream().mapToLong(Row::bytes).sum();
  }

  /// Places of headers, where a changed byte does most: the ends of the file.
  private static List<Integer> interesting(byte[] whole) {
    var places = new ArrayList<Integer>();
    for (int i = 0; i < 64; i++) {
      places.add(i);
    }
    for (int i = Math.max(64, whole.length - 2000); i < whole.length; i++) {
      places.add(i);
    }
    return places;
  }

  private static byte[] damaged(byte[] whole, List<Integer> interesting, Random random) {
    byte[] bytes = whole.clone();
    int from = random.nextInt(bytes.length);
    switch (random.nextInt(7)) {
      case 0 -> {
        for (int i = random.nextInt(1, 40); i > 0; i--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
      }
      case 1 -> bytes[from] ^= (byte) (1 << random.nextInt(8));
      case 2 -> {
        int length = Math.min(random.nextInt(1, 64), bytes.length - from);
        Arrays.fill(bytes, from, from + length, (byte) (random.nextBoolean() ? 0xff : 0));
      }
      case 3 -> {
        int to = random.nextInt(bytes.length);
        int length = Math.min(random.nextInt(1, 400), bytes.length - Math.max(from, to));
        System.arraycopy(whole, from, bytes, to, length);
      }
      case 4 -> {
        int at = interesting.get(random.nextInt(interesting.size()));
        bytes[at] = (byte) random.nextInt();
      }
      case 5 -> {
        int at = Math.min(from, bytes.length - 8);
        long[] values = {0, 1, -1, Long.MAX_VALUE, Integer.MAX_VALUE, 0xffff_fff0L, bytes.length};
        ByteBuffer.wrap(bytes)
            .order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
            .putLong(at, values[random.nextInt(values.length)]);
      }
      default -> bytes = Arrays.copyOf(bytes, from);
    }
    return bytes;
  }
}
