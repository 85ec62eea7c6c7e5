package dev.pollard.pass.locations;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Sorted texts, each as what it adds to the one before:
///
/// ```
/// (bytes shared with the text before: u8, bytes that follow: u8, those bytes)*
/// ```
///
/// A text is found by going through all before it, in a buffer as long as the longest.
final class FrontCoding {
  /// The longest text that has a place here, in bytes.
  static final int MAX_LENGTH = 255;

  private FrontCoding() {}

  /// The coded form of `texts`, Latin-1 and none longer than [#MAX_LENGTH].
  static byte[] encode(List<String> texts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String last = "";
    for (String text : texts) {
      int shared = 0;
      while (shared < Math.min(last.length(), text.length())
          && last.charAt(shared) == text.charAt(shared)) {
        shared++;
      }
      byte[] rest = text.substring(shared).getBytes(StandardCharsets.ISO_8859_1);
      if (text.length() > MAX_LENGTH || rest.length != text.length() - shared) {
        throw new IllegalArgumentException("no place here for " + text);
      }
      out.write(shared);
      out.write(rest.length);
      out.writeBytes(rest);
      last = text;
    }
    return out.toByteArray();
  }
}
