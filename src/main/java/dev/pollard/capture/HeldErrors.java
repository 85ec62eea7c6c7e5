package dev.pollard.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// What a rustc said from its first error on. It is held back until rustc has ended: if the error
/// is none of the program's, the call is made again, and the user sees nothing of the first.
final class HeldErrors {
  private static final String ERROR = "\"level\":\"error";

  private final ByteArrayOutputStream held = new ByteArrayOutputStream();

  /// Whether it keeps this line: one that is no message of rustc's (LLVM and linkers write
  /// directly), an error, or whatever follows these.
  ///
  /// @param line with its line feed; an empty one is not kept
  boolean takes(byte[] line) {
    if (line.length > 0 && (held.size() > 0 || isError(line))) {
      held.writeBytes(line);
    }
    return held.size() > 0;
  }

  private static boolean isError(byte[] line) {
    return line[0] != '{' || new String(line, StandardCharsets.UTF_8).contains(ERROR);
  }

  String text() {
    return held.toString(StandardCharsets.UTF_8);
  }

  /// Shows it, once.
  void release(OutputStream out) throws IOException {
    held.writeTo(out);
    out.flush();
    held.reset();
  }
}
