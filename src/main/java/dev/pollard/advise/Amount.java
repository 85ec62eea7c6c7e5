package dev.pollard.advise;

import java.util.Locale;

/// Numbers in sentences.
final class Amount {
  private static final double KIB = 1024;

  private Amount() {}

  /// A count, thousands apart.
  static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /// A count with the thing that is counted.
  static String count(long n, String thing) {
    return count(n) + " " + thing + (n == 1 ? "" : "s");
  }

  /// Bytes, from 10 KiB on in larger units.
  static String bytes(double bytes) {
    double b = Math.abs(bytes);
    if (b < 10 * KIB) {
      return String.format(Locale.ROOT, "%,d bytes", Math.round(bytes));
    }
    String[] units = {"KiB", "MiB", "GiB"};
    int unit = 0;
    double value = bytes / KIB;
    while (Math.abs(value) >= KIB && unit < units.length - 1) {
      value /= KIB;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }

  /// As [#bytes(double)].
  static String bytes(long bytes) {
    return bytes((double) bytes);
  }

  /// A part of a whole.
  static String percent(double part) {
    return String.format(Locale.ROOT, part < 0.1 ? "%.1f %%" : "%.0f %%", 100 * part);
  }

  /// Milliseconds.
  static String millis(double ms) {
    return String.format(Locale.ROOT, ms < 10 ? "%.2f ms" : "%,.0f ms", ms);
  }

  /// Seconds.
  static String seconds(double s) {
    return String.format(Locale.ROOT, s < 10 ? "%.2f s" : "%.0f s", s);
  }

  /// A ratio.
  static String ratio(double r) {
    return String.format(Locale.ROOT, "%.2f", r);
  }
}
