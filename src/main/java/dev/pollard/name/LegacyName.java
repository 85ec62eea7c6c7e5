package dev.pollard.name;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads a legacy name, `_ZN` with lengths, `E`, and a hash as the last part. Source: rustc's
/// `symbol_names/legacy.rs`.
final class LegacyName {
  private static final Map<String, String> ESCAPES =
      Map.of("SP", "@", "BP", "*", "RF", "&", "LT", "<", "GT", ">", "LP", "(", "RP", ")", "C", ",");

  private LegacyName() {}

  /// The parts of the path without the hash, unescaped.
  ///
  /// @param text what follows `_ZN`, up to and with the `E`
  static List<String> parse(String text) throws NameSyntaxException {
    var parts = new ArrayList<String>();
    int at = 0;
    while (at < text.length() && Character.isDigit(text.charAt(at))) {
      int length = 0;
      while (at < text.length() && Character.isDigit(text.charAt(at))) {
        length = length * 10 + (text.charAt(at++) - '0');
        if (length > text.length()) {
          throw new NameSyntaxException("a part longer than the name", at);
        }
      }
      if (length > text.length() - at) {
        throw new NameSyntaxException("a part past the end", at);
      }
      parts.add(text.substring(at, at + length));
      at += length;
    }
    if (!text.startsWith("E", at) || at + 1 != text.length()) {
      throw new NameSyntaxException("no E after the parts", at);
    }
    if (parts.size() < 2 || !parts.getLast().matches("h[0-9a-f]{16}")) {
      throw new NameSyntaxException("no hash: a C++ name", at);
    }
    parts.removeLast();
    var plain = new ArrayList<String>();
    for (String part : parts) {
      plain.add(unescape(part));
    }
    return List.copyOf(plain);
  }

  private static String unescape(String part) {
    String rest = part.startsWith("_$") ? part.substring(1) : part;
    var out = new StringBuilder();
    int at = 0;
    while (at < rest.length()) {
      char c = rest.charAt(at);
      if (c == '.') {
        boolean twice = rest.startsWith("..", at);
        out.append(twice ? "::" : ".");
        at += twice ? 2 : 1;
      } else if (c == '$') {
        int end = rest.indexOf('$', at + 1);
        String replaced = end < 0 ? "" : escape(rest.substring(at + 1, end));
        if (replaced.isEmpty()) {
          return out.append(rest, at, rest.length()).toString();
        }
        out.append(replaced);
        at = end + 1;
      } else {
        out.append(c);
        at++;
      }
    }
    return out.toString();
  }

  private static String escape(String code) {
    String known = ESCAPES.get(code);
    if (known != null) {
      return known;
    }
    if (code.matches("u[0-9a-f]{1,6}")) {
      int point = Integer.parseInt(code.substring(1), 16);
      if (Character.isValidCodePoint(point) && !Character.isISOControl(point)) {
        return Character.toString(point);
      }
    }
    return "";
  }
}
