package dev.pollard.name;

import java.util.Optional;

/// RFC 3492 as v0 names use it: the last `_` separates, where the RFC has `-`.
final class Punycode {
  private static final int BASE = 36;
  private static final int LOW = 1;
  private static final int HIGH = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;

  private Punycode() {}

  /// The identifier that `text` encodes; empty when it encodes none.
  static Optional<String> decode(String text) {
    int bar = text.lastIndexOf('_');
    String ascii = bar < 0 ? "" : text.substring(0, bar);
    int[] points = new int[text.length()];
    int count = ascii.length();
    for (int i = 0; i < count; i++) {
      points[i] = ascii.charAt(i);
    }
    String digits = text.substring(bar + 1);
    if (digits.isEmpty()) {
      return Optional.empty();
    }
    long n = 128;
    long at = 0;
    int bias = 72;
    int position = 0;
    while (position < digits.length()) {
      long before = at;
      long weight = 1;
      for (int k = BASE; ; k += BASE) {
        if (position == digits.length()) {
          return Optional.empty();
        }
        int digit = digit(digits.charAt(position++));
        if (digit < 0 || weight > Integer.MAX_VALUE) {
          return Optional.empty();
        }
        at += digit * weight;
        if (at > Integer.MAX_VALUE) {
          return Optional.empty();
        }
        int threshold = Math.clamp((long) k - bias, LOW, HIGH);
        if (digit < threshold) {
          break;
        }
        weight *= BASE - threshold;
      }
      int length = count + 1;
      bias = adapt(at - before, length, before == 0);
      n += at / length;
      at %= length;
      if (n > Character.MAX_CODE_POINT || (n >= 0xd800 && n < 0xe000)) {
        return Optional.empty();
      }
      System.arraycopy(points, (int) at, points, (int) at + 1, count - (int) at);
      points[(int) at] = (int) n;
      count++;
      at++;
    }
    return Optional.of(new String(points, 0, count));
  }

  private static int digit(char c) {
    if (c >= 'a' && c <= 'z') {
      return c - 'a';
    }
    return c >= '0' && c <= '9' ? c - '0' + 26 : -1;
  }

  private static int adapt(long delta, int length, boolean first) {
    long d = first ? delta / DAMP : delta / 2;
    d += d / length;
    int k = 0;
    while (d > (BASE - LOW) * HIGH / 2) {
      d /= BASE - LOW;
      k += BASE;
    }
    return (int) (k + (BASE - LOW + 1) * d / (d + SKEW));
  }
}
