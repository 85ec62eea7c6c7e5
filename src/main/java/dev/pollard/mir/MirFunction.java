package dev.pollard.mir;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One body in rustc's textual MIR.
///
/// @param name as rustc has it, such as `bar::{closure#0}`
/// @param lines from the header to the closing brace, as they stand
/// @param declarations how many of them declare locals, scopes and debug names
/// @param blocks in their order
public record MirFunction(
    String name, List<String> lines, int declarations, List<MirBlock> blocks) {
  private static final Pattern BLOCK = Pattern.compile("    (bb\\d+)( \\(cleanup\\))?: \\{");

  public MirFunction {
    lines = List.copyOf(lines);
    blocks = List.copyOf(blocks);
  }

  /// All functions of a text.
  public static List<MirFunction> all(String text) {
    List<MirFunction> functions = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).startsWith("fn ")) {
        continue;
      }
      int open = i;
      while (open < lines.size() - 1 && !lines.get(open).endsWith("{")) {
        open++; // a coroutine before the state transform has what it yields on lines of their own
      }
      int end = open;
      while (end < lines.size() - 1 && !lines.get(end).equals("}")) {
        end++;
      }
      List<String> body = new ArrayList<>();
      body.add(String.join("", lines.subList(i, open + 1)));
      body.addAll(lines.subList(open + 1, end + 1));
      functions.add(of(name(lines.get(i)), body));
      i = end;
    }
    return functions;
  }

  /// What stands between `fn ` and the parameters: brackets of generic arguments and of `impl`
  /// blocks belong to it.
  private static String name(String header) {
    int depth = 0;
    for (int i = "fn ".length(); i < header.length(); i++) {
      char c = header.charAt(i);
      boolean arrow = c == '>' && header.charAt(i - 1) == '-';
      depth += c == '<' || c == '{' ? 1 : (c == '>' && !arrow) || c == '}' ? -1 : 0;
      if (c == '(' && depth == 0) {
        return header.substring("fn ".length(), i);
      }
    }
    return header.substring("fn ".length());
  }

  private static MirFunction of(String name, List<String> lines) {
    List<MirBlock> blocks = new ArrayList<>();
    int declarations = 0;
    int i = 1;
    while (i < lines.size() - 1) {
      Matcher block = BLOCK.matcher(lines.get(i));
      if (block.matches()) {
        int end = i + 1;
        while (end < lines.size() && !lines.get(end).equals("    }")) {
          end++;
        }
        blocks.add(
            new MirBlock(
                block.group(1),
                block.group(2) != null,
                lines.subList(i + 1, end).stream().map(String::strip).toList()));
        i = end;
      } else if (!lines.get(i).isBlank()) {
        declarations++;
      }
      i++;
    }
    return new MirFunction(name, lines, declarations, blocks);
  }

  /// How many lines say something.
  public int lineCount() {
    return (int) lines.stream().filter(l -> !l.isBlank()).count();
  }

  /// The text.
  public String text() {
    return String.join("\n", lines) + "\n";
  }
}
