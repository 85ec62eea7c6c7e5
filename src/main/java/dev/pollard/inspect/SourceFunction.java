package dev.pollard.inspect;

import dev.pollard.name.CoroutineKind;
import dev.pollard.name.RustSymbol;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A function of the source, one instance of it where it is generic.
///
/// @param symbol its mangled name; empty when debug info has none
/// @param name with generic arguments, demangled
/// @param plain without generic arguments: instances share it
/// @param crate that it is written in; empty when not known
/// @param path as debug info has it, with namespaces; empty without debug info
/// @param coroutine what it is the poll function of; empty for other functions
/// @param dropped the path of the type that it is drop glue of; empty for other functions
public record SourceFunction(
    String symbol,
    String name,
    String plain,
    String crate,
    String path,
    Optional<CoroutineKind> coroutine,
    Optional<String> dropped) {
  private static final Pattern GLUE =
      Pattern.compile("drop_(?:in_place|glue)<(.*)>", Pattern.DOTALL);
  private static final Pattern BODY = Pattern.compile("^\\{(\\w+)#");

  /// From what debug info says.
  ///
  /// @param scopes the namespaces that it is in, joined
  /// @param name the plain name, with generic arguments
  static SourceFunction of(String symbol, String scopes, String name) {
    Optional<RustSymbol> parsed = RustSymbol.parse(symbol);
    String path = scopes.isEmpty() ? name : scopes + "::" + name;
    String full = parsed.map(RustSymbol::full).orElse(path.isEmpty() ? symbol : path);
    String plain = parsed.map(RustSymbol::plain).orElse(withoutArguments(full));
    String root = scopes.isEmpty() ? "" : firstOf(scopes);
    String crate = root.isEmpty() ? parsed.map(SourceFunction::crateOf).orElse("") : root;
    Matcher glue = GLUE.matcher(name);
    return new SourceFunction(
        symbol,
        full,
        plain,
        crate,
        path,
        CoroutineKind.ofDebugName(name),
        glue.matches() ? Optional.of(glue.group(1)) : Optional.empty());
  }

  /// From a symbol alone.
  static SourceFunction of(String symbol) {
    Optional<RustSymbol> parsed = RustSymbol.parse(symbol);
    return new SourceFunction(
        symbol,
        parsed.map(RustSymbol::full).orElse(symbol),
        parsed.map(RustSymbol::plain).orElse(symbol),
        parsed.map(SourceFunction::crateOf).orElse(""),
        "",
        Optional.empty(),
        Optional.empty());
  }

  /// The path of the machine's type whose poll function this is, as debug info has it:
  /// `a::f::{async_fn#0}` runs `a::f::{async_fn_env#0}`.
  Optional<String> machine() {
    if (coroutine.isEmpty()) {
      return Optional.empty();
    }
    int name = lastPart(path);
    return Optional.of(
        path.substring(0, name) + BODY.matcher(path.substring(name)).replaceFirst("{$1_env#"));
  }

  private static String crateOf(RustSymbol symbol) {
    List<String> components = symbol.components();
    String first = components.getFirst();
    int from = 0;
    while (from < first.length() && !Character.isJavaIdentifierStart(first.charAt(from))) {
      from++;
    }
    return firstOf(first.substring(from));
  }

  /// What comes before the first `::` or other sign.
  private static String firstOf(String path) {
    int end = 0;
    while (end < path.length() && Character.isJavaIdentifierPart(path.charAt(end))) {
      end++;
    }
    return path.substring(0, end);
  }

  /// Where the last part of a path begins, generic arguments counted to the part that has them.
  static int lastPart(String path) {
    int depth = 0;
    int last = 0;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '<' || c == '(' || c == '[') {
        depth++;
      } else if ((c == '>' && i > 0 && path.charAt(i - 1) != '-') || c == ')' || c == ']') {
        depth--;
      } else if (depth == 0 && c == ':' && path.startsWith("::", i)) {
        last = i + 2;
        i++;
      }
    }
    return last;
  }

  /// `a::f<T>` as `a::f`.
  static String withoutArguments(String path) {
    int open = path.indexOf('<', lastPart(path));
    return open > 0 && path.endsWith(">") ? path.substring(0, open) : path;
  }
}
