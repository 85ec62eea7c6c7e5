package dev.pollard.files;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Digests of texts, for keys.
public final class Sha256 {
  /// Hexadecimal digits of a key: 96 bits.
  private static final int DIGITS = 24;

  private Sha256() {}

  /// The first 24 hexadecimal digits of a text's SHA-256, in UTF-8.
  public static String key(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
