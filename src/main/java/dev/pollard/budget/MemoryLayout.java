package dev.pollard.budget;

import dev.pollard.diagnostic.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads the regions of a linker script such as `memory.x`: `NAME (rx) : ORIGIN = 0x0, LENGTH =
/// 256K - 4K`. Expressions may have numbers with `K` and `M`, the four operations, parentheses, and
/// the `ORIGIN` and `LENGTH` of regions before.
public final class MemoryLayout {
  private static final Set<String> ORIGIN = Set.of("ORIGIN", "org", "o");
  private static final Set<String> LENGTH = Set.of("LENGTH", "len", "l");

  private static final int DEEPEST = 100;

  private final String file;
  private final String text;
  private final List<Region> regions = new ArrayList<>();
  private int at;
  private int depth;

  private MemoryLayout(String file, String text) {
    this.file = file;
    this.text = text;
  }

  /// The regions of a file, in its order.
  ///
  /// @throws BudgetException when it cannot be read, or has none
  public static List<Region> read(Path file) throws BudgetException {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new BudgetException(FileProblem.of(e));
    }
  }

  /// The regions of a text that messages call `file`.
  public static List<Region> parse(String file, String script) throws BudgetException {
    var layout = new MemoryLayout(file, withoutComments(script));
    layout.script();
    if (layout.regions.isEmpty()) {
      throw new BudgetException(
          file + ": has no MEMORY { NAME : ORIGIN = …, LENGTH = … }; name another file by memory");
    }
    return List.copyOf(layout.regions);
  }

  /// Comments become blanks, so that lines keep their numbers.
  private static String withoutComments(String script) {
    var plain = new StringBuilder();
    int from = 0;
    while (true) {
      int open = script.indexOf("/*", from);
      int close = open < 0 ? -1 : script.indexOf("*/", open + 2);
      if (close < 0) {
        return plain.append(script, from, script.length()).toString();
      }
      plain.append(script, from, open).append(' ');
      script.substring(open, close).chars().filter(c -> c == '\n').forEach(_ -> plain.append('\n'));
      from = close + 2;
    }
  }

  /// Finds each `MEMORY { … }`; what else a script has is not read.
  private void script() throws BudgetException {
    int found;
    while ((found = text.indexOf("MEMORY", at)) >= 0) {
      boolean whole = found == 0 || !isName(text.charAt(found - 1));
      at = found + "MEMORY".length();
      if (whole && takes('{')) {
        while (!takes('}')) {
          if (!takes(';') && !takes(',')) {
            region();
          }
        }
      }
    }
  }

  private void region() throws BudgetException {
    String name = name();
    if (takes('(')) {
      int close = text.indexOf(')', at);
      if (close < 0) {
        throw wrong("the attributes of " + name + " do not end");
      }
      at = close + 1;
    }
    expect(':');
    keyword(ORIGIN);
    expect('=');
    long origin = expression();
    expect(',');
    keyword(LENGTH);
    expect('=');
    regions.add(new Region(name, origin, expression()));
  }

  private void keyword(Set<String> words) throws BudgetException {
    String word = name();
    if (!words.contains(word)) {
      throw wrong("\"" + word + "\" is none of " + words.stream().sorted().toList());
    }
  }

  private void expect(char sign) throws BudgetException {
    if (!takes(sign)) {
      throw wrong("\"" + sign + "\" is missing");
    }
  }

  private String name() throws BudgetException {
    skipBlanks();
    int from = at;
    while (at < text.length() && isName(text.charAt(at))) {
      at++;
    }
    if (from == at || Character.isDigit(text.charAt(from))) {
      at = from;
      throw wrong("a name is missing");
    }
    return text.substring(from, at);
  }

  private static boolean isName(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "_.$".indexOf(c) >= 0;
  }

  private long expression() throws BudgetException {
    try {
      return sum();
    } catch (ArithmeticException e) {
      throw wrong("a number that is too large, or a division by 0");
    }
  }

  private long sum() throws BudgetException {
    long value = product();
    while (true) {
      if (takes('+')) {
        value = Math.addExact(value, product());
      } else if (takes('-')) {
        value = Math.subtractExact(value, product());
      } else {
        return value;
      }
    }
  }

  private long product() throws BudgetException {
    long value = single();
    while (true) {
      if (takes('*')) {
        value = Math.multiplyExact(value, single());
      } else if (takes('/')) {
        value /= single();
      } else {
        return value;
      }
    }
  }

  private long single() throws BudgetException {
    if (takes('(')) {
      if (++depth > DEEPEST) {
        throw wrong("too many parentheses");
      }
      long value = sum();
      expect(')');
      depth--;
      return value;
    }
    skipBlanks();
    if (at < text.length() && Character.isDigit(text.charAt(at))) {
      return number();
    }
    String word = name();
    if (!word.equals("ORIGIN") && !word.equals("LENGTH")) {
      throw wrong("\"" + word + "\" is no number, nor ORIGIN or LENGTH");
    }
    expect('(');
    String name = name();
    expect(')');
    Region region =
        regions.stream()
            .filter(r -> r.name().equals(name))
            .findFirst()
            .orElseThrow(() -> wrong("there is no region " + name + " before"));
    return word.equals("ORIGIN") ? region.origin() : region.length();
  }

  private long number() throws BudgetException {
    int from = at;
    while (at < text.length() && isName(text.charAt(at))) {
      at++;
    }
    String digits = text.substring(from, at).toLowerCase(Locale.ROOT);
    boolean hex = digits.startsWith("0x");
    int shift = digits.endsWith("k") ? 10 : digits.endsWith("m") ? 20 : 0;
    String plain = digits.substring(hex ? 2 : 0, digits.length() - (shift > 0 ? 1 : 0));
    try {
      long value = hex ? Long.parseUnsignedLong(plain, 16) : Long.parseLong(plain);
      return shift == 0 ? value : Math.multiplyExact(value, 1L << shift);
    } catch (NumberFormatException e) {
      throw wrong("\"" + text.substring(from, at) + "\" is no number");
    }
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean takes(char sign) {
    skipBlanks();
    if (at < text.length() && text.charAt(at) == sign) {
      at++;
      return true;
    }
    return false;
  }

  private BudgetException wrong(String what) {
    long line = text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
    return new BudgetException("%s, line %d: %s".formatted(file, line, what));
  }
}
