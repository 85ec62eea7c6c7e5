package dev.pollard.capture;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads what `rustc --print link-args` prints: Rust's own debug form of a command.
///
/// On Unix that is, in this order and all but the program optional: `cd "dir" && `, `env -i `, `env
/// -u NAME … `, `NAME="value" …`, `["program"] `, then the program and its arguments, each a Rust
/// string literal (`\"`, `\\`, `\n`, `\t`, `\r`, `\'`, `\0`, a code point in hexadecimal, and
/// `\xNN` for bytes that are no UTF-8).
public final class LinkCommandParser {
  private final String text;
  private int at;

  private LinkCommandParser(String text) {
    this.text = text;
  }

  /// Reads one command.
  ///
  /// @param directory where rustc ran, unless the command names another folder
  /// @throws CaptureException when the text has another form
  public static LinkCommand parse(String text, Path directory) throws CaptureException {
    return new LinkCommandParser(text.strip()).command(directory);
  }

  private LinkCommand command(Path given) throws CaptureException {
    var directory = given;
    Map<String, String> environment = new LinkedHashMap<>();
    List<String> removed = new ArrayList<>();
    if (text.startsWith("cd \"")) {
      at = 3;
      directory = given.resolve(literal());
      expect(" && ");
    }
    if (text.startsWith("env -i ", at)) {
      throw wrong("a linker with a cleared environment");
    }
    if (text.startsWith("env -u ", at)) {
      at += 4;
      while (text.startsWith("-u ", at)) {
        at += 3;
        removed.add(until(' '));
      }
    }
    while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '[') {
      var name = until('=');
      environment.put(name, literal());
      expect(" ");
    }
    String program = "";
    if (text.startsWith("[", at)) {
      at++;
      program = literal();
      expect("] ");
    }
    var arguments = new ArrayList<String>();
    while (at < text.length()) {
      arguments.add(literal());
      if (at < text.length()) {
        expect(" ");
      }
    }
    if (arguments.isEmpty()) {
      throw wrong("no program");
    }
    if (!program.isEmpty()) {
      arguments.set(0, program);
    }
    return new LinkCommand(arguments, environment, removed, directory);
  }

  private String until(char end) throws CaptureException {
    int stop = text.indexOf(end, at);
    if (stop < 0) {
      throw wrong("no '" + end + "'");
    }
    var part = text.substring(at, stop);
    at = stop + 1;
    return part;
  }

  private void expect(String part) throws CaptureException {
    if (!text.startsWith(part, at)) {
      throw wrong("no \"" + part + "\"");
    }
    at += part.length();
  }

  private String literal() throws CaptureException {
    expect("\"");
    var bytes = new ByteArrayOutputStream();
    while (at < text.length()) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      if (c == '"') {
        return bytes.toString(StandardCharsets.UTF_8);
      }
      if (c == '\\') {
        escape(bytes);
      } else {
        bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    throw wrong("a string without end");
  }

  private void escape(ByteArrayOutputStream bytes) throws CaptureException {
    char kind = at < text.length() ? text.charAt(at++) : ' ';
    switch (kind) {
      case 'n' -> bytes.write('\n');
      case 't' -> bytes.write('\t');
      case 'r' -> bytes.write('\r');
      case '0' -> bytes.write(0);
      case '\\', '"', '\'' -> bytes.write(kind);
      case 'u' -> {
        expect("{");
        var digits = until('}');
        bytes.writeBytes(Character.toString(hex(digits)).getBytes(StandardCharsets.UTF_8));
      }
      case 'x' -> throw wrong("a path that is no UTF-8");
      default -> throw wrong("an escape \\" + kind);
    }
  }

  private int hex(String digits) throws CaptureException {
    try {
      return Integer.parseInt(digits, 16);
    } catch (NumberFormatException e) {
      throw wrong("a code point {" + digits + "}");
    }
  }

  private CaptureException wrong(String what) {
    return new CaptureException("rustc's link command cannot be read: " + what + " at " + at);
  }
}
