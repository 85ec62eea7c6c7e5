package dev.pollard.size;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.OptionalLong;
import java.util.zip.Deflater;

/// How many bytes a file takes over the wire.
final class Compression {
  /// Bytes of a gzip file around the deflated data: header 10, checksum and length 8.
  private static final int GZIP_FRAME = 18;

  private Compression() {}

  /// The size as a gzip file, at level 9.
  static long gzip(MemorySegment bytes) {
    try (var deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
      deflater.setInput(bytes.toArray(ValueLayout.JAVA_BYTE));
      deflater.finish();
      byte[] buffer = new byte[64 * 1024];
      while (!deflater.finished()) {
        deflater.deflate(buffer);
      }
      return deflater.getBytesWritten() + GZIP_FRAME;
    }
  }

  /// The size as a brotli stream at quality 11; empty on a platform that the encoder has no library
  /// for.
  static OptionalLong brotli(MemorySegment bytes) {
    if (!Brotli4jLoader.isAvailable()) {
      return OptionalLong.empty();
    }
    try {
      var parameters = new Encoder.Parameters().setQuality(11).setWindow(22);
      return OptionalLong.of(
          Encoder.compress(bytes.toArray(ValueLayout.JAVA_BYTE), parameters).length);
    } catch (IOException e) {
      throw new UncheckedIOException("brotli", e);
    }
  }
}
