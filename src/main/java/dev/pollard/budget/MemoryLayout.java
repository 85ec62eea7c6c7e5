package dev.pollard.budget;

import dev.pollard.diagnostic.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongBinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the regions of a linker script such as `memory.x`: `NAME (rx) : ORIGIN = 0x0, LENGTH =
/// 256K - 4K`. Expressions may have numbers with `K` and `M`, the four operations, parentheses, and
/// the `ORIGIN` and `LENGTH` of regions before.
public final class MemoryLayout {
  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
  private static final Pattern MEMORY = Pattern.compile("\\bMEMORY\\s*\\{([^}]*)}");
  private static final Pattern REGION =
      Pattern.compile(
          "([A-Za-z_.][\\w.$-]*)\\s*(?:\\([^)]*\\))?\\s*:\\s*(?:ORIGIN|org|o)\\s*=\\s*([^,;{}:]+?)\\s*,"
              + "\\s*(?:LENGTH|len|l)\\s*=\\s*([^,;{}:=]+?)(?=\\s*(?:,\\s*)?(?:$|\\n|;))",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(0[xX][0-9a-fA-F]{1,16}|[0-9]{1,18})\\s*([KkMm]?)\\b"
              + "|(ORIGIN|LENGTH)\\s*\\(\\s*([\\w.$-]+)\\s*\\)|([-+*/()]))");
  private static final int DEEPEST = 100;

  private final String text;
  private final List<Region> known;
  private int at;
  private int depth;

  private MemoryLayout(String text, List<Region> known) {
    this.text = text;
    this.known = known;
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

  /// The regions of a text that messages call `name`.
  public static List<Region> parse(String name, String script) throws BudgetException {
    String plain = COMMENT.matcher(script).replaceAll(" ");
    Matcher memory = MEMORY.matcher(plain);
    var regions = new ArrayList<Region>();
    while (memory.find()) {
      Matcher m = REGION.matcher(memory.group(1));
      while (m.find()) {
        regions.add(
            new Region(
                m.group(1),
                value(name, m.group(1), m.group(2), regions),
                value(name, m.group(1), m.group(3), regions)));
      }
    }
    if (regions.isEmpty()) {
      throw new BudgetException(
          name + ": has no MEMORY { NAME : ORIGIN = …, LENGTH = … }; name another file by memory");
    }
    return regions;
  }

  private static long value(String file, String region, String text, List<Region> known)
      throws BudgetException {
    var expression = new MemoryLayout(text, known);
    try {
      long value = expression.sum();
      if (!text.substring(expression.at).isBlank()) {
        throw new ArithmeticException("\"" + text.substring(expression.at).strip() + "\"");
      }
      return value;
    } catch (ArithmeticException e) {
      throw new BudgetException(
          "%s: region %s: \"%s\" is not understood: %s"
              .formatted(file, region, text.strip(), e.getMessage()));
    }
  }

  private long sum() {
    long value = product();
    while (true) {
      if (takes('+')) {
        value = apply(Math::addExact, value, product());
      } else if (takes('-')) {
        value = apply(Math::subtractExact, value, product());
      } else {
        return value;
      }
    }
  }

  private long product() {
    long value = single();
    while (true) {
      if (takes('*')) {
        value = apply(Math::multiplyExact, value, single());
      } else if (takes('/')) {
        value = apply((a, b) -> a / b, value, single());
      } else {
        return value;
      }
    }
  }

  private static long apply(LongBinaryOperator operator, long a, long b) {
    return operator.applyAsLong(a, b);
  }

  private long single() {
    Matcher m = TOKEN.matcher(text).region(at, text.length());
    if (!m.lookingAt()) {
      throw new ArithmeticException("a number is missing");
    }
    if (m.group(1) != null) {
      at = m.end();
      long value =
          m.group(1).toLowerCase(Locale.ROOT).startsWith("0x")
              ? Long.parseUnsignedLong(m.group(1).substring(2), 16)
              : Long.parseLong(m.group(1));
      return switch (m.group(2).toLowerCase(Locale.ROOT)) {
        case "k" -> Math.multiplyExact(value, 1L << 10);
        case "m" -> Math.multiplyExact(value, 1L << 20);
        default -> value;
      };
    }
    if (m.group(3) != null) {
      at = m.end();
      String name = m.group(4);
      Region region =
          known.stream()
              .filter(r -> r.name().equals(name))
              .findFirst()
              .orElseThrow(() -> new ArithmeticException("there is no region " + name + " before"));
      return m.group(3).equals("ORIGIN") ? region.origin() : region.length();
    }
    if (takes('(')) {
      if (++depth > DEEPEST) {
        throw new ArithmeticException("too many parentheses");
      }
      long value = sum();
      if (!takes(')')) {
        throw new ArithmeticException("a parenthesis is not closed");
      }
      depth--;
      return value;
    }
    throw new ArithmeticException("a number is missing");
  }

  private boolean takes(char sign) {
    int next = at;
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    if (next < text.length() && text.charAt(next) == sign) {
      at = next + 1;
      return true;
    }
    return false;
  }
}
