package dev.pollard.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Damages real inputs, the same way for the same seed.
final class Mutator {
  private static final long[] NUMBERS = {
    0,
    1,
    2,
    -1,
    -2,
    Byte.MAX_VALUE,
    0x80,
    0xff,
    Short.MAX_VALUE,
    0x8000,
    0xffff,
    Integer.MAX_VALUE,
    0x8000_0000L,
    0xffff_fff0L,
    0xffff_ffffL,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    1L << 40
  };

  /// What texts are made of that readers of texts look for.
  private static final List<String> WORDS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "(",
          ")",
          "\"",
          ":",
          ",",
          "null",
          "true",
          "-1",
          "1e999",
          "0x",
          "\\u0000",
          "9223372036854775808",
          "NaN",
          "_R",
          "E",
          "_",
          "N",
          "I",
          "B0_",
          "17h",
          "K",
          "M",
          "ORIGIN",
          "#",
          "\n",
          "%",
          "{\"a\":",
          "[[[[[[[[");

  private final Random random;

  Mutator(Random random) {
    this.random = random;
  }

  /// One to four changes of a binary file; some of them cut it.
  byte[] binary(byte[] whole, byte[] other) {
    byte[] bytes = whole.clone();
    for (int i = random.nextInt(1, 5); i > 0 && bytes.length > 0; i--) {
      bytes = once(bytes, other);
    }
    return bytes;
  }

  private byte[] once(byte[] bytes, byte[] other) {
    int at = place(bytes.length);
    switch (random.nextInt(9)) {
      case 0 -> bytes[at] = (byte) random.nextInt();
      case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> {
        int length = Math.min(random.nextInt(1, 64), bytes.length - at);
        Arrays.fill(bytes, at, at + length, (byte) (random.nextBoolean() ? 0xff : 0));
      }
      case 3 -> {
        int from = random.nextInt(bytes.length);
        int length = Math.min(random.nextInt(1, 400), bytes.length - Math.max(from, at));
        System.arraycopy(bytes, from, bytes, at, length);
      }
      case 4 -> number(bytes, at, 8);
      case 5 -> number(bytes, at, 4);
      case 6 -> number(bytes, at, 2);
      case 7 -> {
        int from = random.nextInt(other.length);
        int length =
            Math.min(random.nextInt(1, 200), Math.min(other.length - from, bytes.length - at));
        System.arraycopy(other, from, bytes, at, length);
      }
      default -> {
        if (random.nextInt(4) == 0) {
          return Arrays.copyOf(bytes, at);
        }
        bytes[at]++;
      }
    }
    return bytes;
  }

  /// Headers stand at the ends of a file: half of all changes are there.
  private int place(int length) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(Math.min(length, 128));
      case 1 -> length - 1 - random.nextInt(Math.min(length, 2048));
      default -> random.nextInt(length);
    };
  }

  private void number(byte[] bytes, int at, int size) {
    if (bytes.length - at < size) {
      return;
    }
    long value =
        random.nextInt(4) == 0
            ? bytes.length + random.nextInt(-9, 9)
            : NUMBERS[random.nextInt(NUMBERS.length)];
    var buffer =
        ByteBuffer.wrap(bytes)
            .order(random.nextInt(8) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    switch (size) {
      case 8 -> buffer.putLong(at, value);
      case 4 -> buffer.putInt(at, (int) value);
      default -> buffer.putShort(at, (short) value);
    }
  }

  /// One to six changes of a text: what is cut, doubled, moved or put in.
  String text(String whole) {
    var text = new StringBuilder(whole);
    for (int i = random.nextInt(1, 7); i > 0 && !text.isEmpty(); i--) {
      int from = random.nextInt(text.length());
      int to = Math.min(text.length(), from + random.nextInt(1, 30));
      switch (random.nextInt(6)) {
        case 0 -> text.delete(from, to);
        case 1 -> text.insert(random.nextInt(text.length()), text.substring(from, to));
        case 2 -> text.insert(from, WORDS.get(random.nextInt(WORDS.size())));
        case 3 -> text.replace(from, to, WORDS.get(random.nextInt(WORDS.size())));
        case 4 -> text.setCharAt(from, (char) random.nextInt(random.nextBoolean() ? 128 : 0x10000));
        default -> {
          if (random.nextInt(8) == 0) {
            text.insert(from, WORDS.get(random.nextInt(WORDS.size())).repeat(random.nextInt(5000)));
          } else {
            text.setLength(from);
          }
        }
      }
    }
    return text.toString();
  }
}
