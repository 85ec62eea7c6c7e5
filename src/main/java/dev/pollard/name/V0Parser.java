package dev.pollard.name;

import dev.pollard.name.V0Node.Argument;
import dev.pollard.name.V0Node.Association;
import dev.pollard.name.V0Node.Basic;
import dev.pollard.name.V0Node.Bound;
import dev.pollard.name.V0Node.Constant;
import dev.pollard.name.V0Node.Crate;
import dev.pollard.name.V0Node.Dynamic;
import dev.pollard.name.V0Node.FunctionPointer;
import dev.pollard.name.V0Node.Generic;
import dev.pollard.name.V0Node.Impl;
import dev.pollard.name.V0Node.Lifetime;
import dev.pollard.name.V0Node.Nested;
import dev.pollard.name.V0Node.Path;
import dev.pollard.name.V0Node.PatternType;
import dev.pollard.name.V0Node.Pointer;
import dev.pollard.name.V0Node.Sequence;
import dev.pollard.name.V0Node.Tuple;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads one v0 name into a tree. A back-reference becomes the very node that was read at its
/// place, so time and memory follow the length of the name; only printing can grow, and [V0Printer]
/// has a limit.
final class V0Parser {
  private static final int DEEPEST = 300;

  private static final Map<Character, String> BASIC =
      Map.ofEntries(
          Map.entry('a', "i8"),
          Map.entry('b', "bool"),
          Map.entry('c', "char"),
          Map.entry('d', "f64"),
          Map.entry('e', "str"),
          Map.entry('f', "f32"),
          Map.entry('h', "u8"),
          Map.entry('i', "isize"),
          Map.entry('j', "usize"),
          Map.entry('l', "i32"),
          Map.entry('m', "u32"),
          Map.entry('n', "i128"),
          Map.entry('o', "u128"),
          Map.entry('p', "_"),
          Map.entry('s', "i16"),
          Map.entry('t', "u16"),
          Map.entry('u', "()"),
          Map.entry('v', "..."),
          Map.entry('x', "i64"),
          Map.entry('y', "u64"),
          Map.entry('z', "!"));

  private final String text;
  private final Map<Integer, Path> paths = new HashMap<>();
  private final Map<Integer, V0Node.Type> types = new HashMap<>();
  private final Map<Integer, Constant> constants = new HashMap<>();
  private int position;
  private int depth;

  private V0Parser(String text) {
    this.text = text;
  }

  /// Reads what follows `_R`, without a suffix.
  static Path parse(String text) throws NameSyntaxException {
    var parser = new V0Parser(text);
    Path path = parser.path();
    if (parser.position < text.length()) {
      parser.path(); // the crate that instantiated it
    }
    if (parser.position < text.length()) {
      throw parser.wrong("text after the name");
    }
    return path;
  }

  private Path path() throws NameSyntaxException {
    int from = position;
    enter();
    Path path =
        switch (next()) {
          case 'C' -> {
            disambiguator('s');
            yield new Crate(identifier());
          }
          case 'M' -> {
            disambiguator('s');
            path();
            yield new Impl(type(), Optional.empty());
          }
          case 'X' -> {
            disambiguator('s');
            path();
            V0Node.Type self = type();
            yield new Impl(self, Optional.of(path()));
          }
          case 'Y' -> {
            V0Node.Type self = type();
            yield new Impl(self, Optional.of(path()));
          }
          case 'N' -> {
            char namespace = next();
            if (!Character.isLetter(namespace) || namespace > 'z') {
              throw wrong("a namespace that is no letter");
            }
            Path parent = path();
            long disambiguator = disambiguator('s');
            yield new Nested(parent, namespace, identifier(), disambiguator);
          }
          case 'I' -> {
            Path generic = path();
            var arguments = new ArrayList<Argument>();
            while (!accept('E')) {
              arguments.add(argument());
            }
            yield new Generic(generic, arguments);
          }
          case 'B' -> back(from, paths, _ -> path());
          default -> throw wrong("no path");
        };
    paths.put(from, path);
    depth--;
    return path;
  }

  private Argument argument() throws NameSyntaxException {
    if (accept('L')) {
      return new Lifetime(base62());
    }
    return accept('K') ? constant() : type();
  }

  private V0Node.Type type() throws NameSyntaxException {
    int from = position;
    enter();
    char c = next();
    String basic = BASIC.get(c);
    V0Node.Type type =
        basic != null
            ? new Basic(basic)
            : switch (c) {
              case 'A' -> {
                V0Node.Type element = type();
                yield new Sequence(element, Optional.of(constant()));
              }
              case 'S' -> new Sequence(type(), Optional.empty());
              case 'T' -> {
                var elements = new ArrayList<V0Node.Type>();
                while (!accept('E')) {
                  elements.add(type());
                }
                yield new Tuple(elements);
              }
              case 'R' -> new Pointer("&", lifetime(), "", type());
              case 'Q' -> new Pointer("&", lifetime(), "mut ", type());
              case 'P' -> new Pointer("*const ", Lifetime.ERASED, "", type());
              case 'O' -> new Pointer("*mut ", Lifetime.ERASED, "", type());
              case 'F' -> functionPointer();
              case 'D' -> dynamic();
              case 'W' -> {
                V0Node.Type base = type();
                yield new PatternType(base, pattern());
              }
              case 'B' -> back(from, types, _ -> type());
              default -> {
                position = from;
                yield path();
              }
            };
    types.put(from, type);
    depth--;
    return type;
  }

  private Lifetime lifetime() throws NameSyntaxException {
    return accept('L') ? new Lifetime(base62()) : Lifetime.ERASED;
  }

  private long binder() throws NameSyntaxException {
    return accept('G') ? base62() + 1 : 0;
  }

  private FunctionPointer functionPointer() throws NameSyntaxException {
    long binder = binder();
    boolean unsafe = accept('U');
    Optional<String> abi = Optional.empty();
    if (accept('K')) {
      abi = Optional.of(accept('C') ? "C" : identifier().replace('_', '-'));
    }
    var parameters = new ArrayList<V0Node.Type>();
    while (!accept('E')) {
      parameters.add(type());
    }
    return new FunctionPointer(binder, unsafe, abi, parameters, type());
  }

  private Dynamic dynamic() throws NameSyntaxException {
    long binder = binder();
    var bounds = new ArrayList<Bound>();
    while (!accept('E')) {
      Path path = path();
      var associations = new ArrayList<Association>();
      while (accept('p')) {
        String name = identifier();
        associations.add(new Association(name, type()));
      }
      bounds.add(new Bound(path, associations));
    }
    if (!accept('L')) {
      throw wrong("dyn without a lifetime");
    }
    return new Dynamic(binder, bounds, new Lifetime(base62()));
  }

  private String pattern() throws NameSyntaxException {
    return switch (next()) {
      case 'R' -> {
        String low = constant().text();
        yield low + "..=" + constant().text();
      }
      case 'O' -> {
        var parts = new ArrayList<String>();
        while (!accept('E')) {
          parts.add(pattern());
        }
        yield String.join(" | ", parts);
      }
      case 'N' -> "!null";
      default -> throw wrong("no pattern");
    };
  }

  private Constant constant() throws NameSyntaxException {
    int from = position;
    enter();
    char c = next();
    Constant constant =
        switch (c) {
          case 'p' -> new Constant("_", true);
          case 'h', 't', 'm', 'y', 'o', 'j' -> new Constant(integer(), true);
          case 'a', 's', 'l', 'x', 'n', 'i' ->
              new Constant(accept('n') ? "-" + integer() : integer(), true);
          case 'b' ->
              switch (hex()) {
                case "0", "" -> new Constant("false", true);
                case "1" -> new Constant("true", true);
                default -> throw wrong("no bool");
              };
          case 'c' -> new Constant("'" + escaped(character(), '\'') + "'", true);
          case 'e' -> new Constant("*" + string(), false);
          case 'R', 'Q' -> {
            if (c == 'R' && accept('e')) {
              yield new Constant(string(), true);
            }
            yield new Constant((c == 'R' ? "&" : "&mut ") + constant().text(), false);
          }
          case 'A' -> new Constant("[" + String.join(", ", constants()) + "]", false);
          case 'T' -> new Constant(tuple(constants()), false);
          case 'V' -> new Constant(V0Printer.print(path(), true) + fields(), false);
          case 'B' -> back(from, constants, _ -> constant());
          default -> throw wrong("no constant");
        };
    constants.put(from, constant);
    depth--;
    return constant;
  }

  private List<String> constants() throws NameSyntaxException {
    var list = new ArrayList<String>();
    while (!accept('E')) {
      list.add(constant().text());
    }
    return list;
  }

  private static String tuple(List<String> elements) {
    return "(" + String.join(", ", elements) + (elements.size() == 1 ? ",)" : ")");
  }

  private String fields() throws NameSyntaxException {
    return switch (next()) {
      case 'U' -> "";
      case 'T' -> "(" + String.join(", ", constants()) + ")";
      case 'S' -> {
        var list = new ArrayList<String>();
        while (!accept('E')) {
          disambiguator('s');
          String name = identifier();
          list.add(name + ": " + constant().text());
        }
        yield " { " + String.join(", ", list) + " }";
      }
      default -> throw wrong("no fields");
    };
  }

  private String integer() throws NameSyntaxException {
    String digits = hex();
    if (digits.length() > 16) {
      return "0x" + digits;
    }
    return digits.isEmpty() ? "0" : new BigInteger(digits, 16).toString();
  }

  private int character() throws NameSyntaxException {
    String digits = hex();
    if (digits.length() > 6) {
      throw wrong("no character");
    }
    int point = digits.isEmpty() ? 0 : Integer.parseInt(digits, 16);
    if (point > Character.MAX_CODE_POINT) {
      throw wrong("no character");
    }
    return point;
  }

  private String string() throws NameSyntaxException {
    String digits = hexDigits();
    if (digits.length() % 2 != 0) {
      throw wrong("half a byte");
    }
    byte[] bytes = new byte[digits.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(digits, 2 * i, 2 * i + 2, 16);
    }
    var out = new StringBuilder("\"");
    new String(bytes, java.nio.charset.StandardCharsets.UTF_8)
        .codePoints()
        .forEach(p -> out.append(escaped(p, '"')));
    return out.append('"').toString();
  }

  private static String escaped(int point, char quote) {
    return switch (point) {
      case '\t' -> "\\t";
      case '\r' -> "\\r";
      case '\n' -> "\\n";
      case '\\' -> "\\\\";
      default -> {
        if (point == quote) {
          yield "\\" + quote;
        }
        yield point >= 0x20 && point < 0x7f
            ? Character.toString(point)
            : "\\u{" + Integer.toHexString(point) + "}";
      }
    };
  }

  /// A number without leading zeros, as the grammar wants it.
  private String hex() throws NameSyntaxException {
    String digits = hexDigits();
    if (digits.equals("0")) {
      return digits;
    }
    if (digits.isEmpty() || digits.charAt(0) == '0') {
      throw wrong("no hexadecimal number");
    }
    return digits;
  }

  private String hexDigits() throws NameSyntaxException {
    int from = position;
    while (true) {
      char c = next();
      if (c == '_') {
        return text.substring(from, position - 1);
      }
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        throw wrong("no hexadecimal digit");
      }
    }
  }

  private String identifier() throws NameSyntaxException {
    boolean punycode = accept('u');
    int length = 0;
    if (!accept('0')) {
      int from = position;
      while (position < text.length() && Character.isDigit(text.charAt(position))) {
        length = length * 10 + (text.charAt(position++) - '0');
        if (length > text.length()) {
          throw wrong("an identifier longer than the name");
        }
      }
      if (position == from) {
        throw wrong("no identifier");
      }
    }
    accept('_');
    if (length > text.length() - position) {
      throw wrong("an identifier past the end");
    }
    String name = text.substring(position, position + length);
    position += length;
    return punycode ? Punycode.decode(name).orElseThrow(() -> wrong("wrong punycode")) : name;
  }

  private long disambiguator(char tag) throws NameSyntaxException {
    return accept(tag) ? base62() + 1 : 0;
  }

  private long base62() throws NameSyntaxException {
    if (accept('_')) {
      return 0;
    }
    long value = 0;
    while (true) {
      char c = next();
      if (c == '_') {
        return value + 1;
      }
      int digit;
      if (c >= '0' && c <= '9') {
        digit = c - '0';
      } else if (c >= 'a' && c <= 'z') {
        digit = c - 'a' + 10;
      } else if (c >= 'A' && c <= 'Z') {
        digit = c - 'A' + 36;
      } else {
        throw wrong("no base-62 digit");
      }
      // A disambiguator is a hash of 64 bits; it may use them all.
      if (Long.compareUnsigned(value, Long.divideUnsigned(-1L - digit, 62)) > 0) {
        throw wrong("a number of more than 64 bits");
      }
      value = value * 62 + digit;
    }
  }

  @FunctionalInterface
  private interface Reader<T> {
    T read(Object unused) throws NameSyntaxException;
  }

  private <T> T back(int from, Map<Integer, T> known, Reader<T> reader) throws NameSyntaxException {
    long target = base62();
    if (target < 0 || target >= from) {
      throw wrong("a reference that does not point back");
    }
    T node = known.get((int) target);
    if (node != null) {
      return node;
    }
    int resume = position;
    position = (int) target;
    T read = reader.read(this);
    position = resume;
    return read;
  }

  private void enter() throws NameSyntaxException {
    if (++depth > DEEPEST) {
      throw wrong("too deeply nested");
    }
  }

  private boolean accept(char c) {
    if (position < text.length() && text.charAt(position) == c) {
      position++;
      return true;
    }
    return false;
  }

  private char next() throws NameSyntaxException {
    if (position >= text.length()) {
      throw wrong("the name ends too early");
    }
    return text.charAt(position++);
  }

  private NameSyntaxException wrong(String problem) {
    return new NameSyntaxException(problem, position);
  }
}
