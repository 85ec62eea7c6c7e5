package dev.pollard.name;

import dev.pollard.name.V0Node.Argument;
import dev.pollard.name.V0Node.Generic;
import dev.pollard.name.V0Node.Impl;
import dev.pollard.name.V0Node.Nested;
import dev.pollard.name.V0Node.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A Rust symbol name, read. Two names with the same [#full] stand for the same item, but for the
/// hashes of crates, which nothing here prints.
///
/// @param symbol as it stands in the object
/// @param full the demangled name with generic arguments; v0 names as `llvm-cxxfilt` prints them
/// @param components the path's parts without generic arguments: an `impl` is one part, a closure
///   is `{closure#N}`, or `{closure}` in a legacy name
/// @param suffix what compilers appended, such as `.llvm.123` or `.cold`; may be empty
/// @param arguments the paths among the generic arguments of the name, by [#full], outermost first
public record RustSymbol(
    String symbol,
    String full,
    List<String> components,
    String suffix,
    List<TypeArgument> arguments) {
  private static final Pattern CLOSURE = Pattern.compile("\\{closure(?::[^#]*)?(?:#([0-9]+))?}");
  private static final Pattern LEGACY_INDEX = Pattern.compile("\\{\\{closure}}");

  public RustSymbol {
    components = List.copyOf(components);
    arguments = List.copyOf(arguments);
  }

  /// A generic argument that is a path.
  ///
  /// @param of the plain path that has the argument, such as `embassy_executor::raw::TaskStorage`
  /// @param position its place among the arguments
  /// @param argument the argument as a name of its own; its `symbol` is empty
  public record TypeArgument(String of, int position, RustSymbol argument) {}

  /// Reads a symbol; empty when it is no Rust name.
  public static Optional<RustSymbol> parse(String symbol) {
    String name =
        symbol.startsWith("__R") || symbol.startsWith("__ZN") ? symbol.substring(1) : symbol;
    try {
      if (name.startsWith("_R")) {
        int dot = name.indexOf('.');
        String mangled = dot < 0 ? name.substring(2) : name.substring(2, dot);
        String suffix = dot < 0 ? "" : name.substring(dot);
        return Optional.of(of(symbol, V0Parser.parse(mangled), suffix));
      }
      int end = name.indexOf("E", Math.max(0, legacyEnd(name)));
      if (name.startsWith("_ZN") && end > 0) {
        String suffix = name.substring(end + 1);
        if (suffix.isEmpty() || suffix.charAt(0) == '.') {
          return Optional.of(legacy(symbol, name.substring(3, end + 1), suffix));
        }
      }
    } catch (NameSyntaxException _) {
      // another language's symbol, or one that a tool has changed
    }
    return Optional.empty();
  }

  /// The demangled name as `llvm-cxxfilt` prints it; anything that is no Rust name stays as it is.
  public static String demangle(String symbol) {
    return parse(symbol)
        .map(s -> s.suffix().isEmpty() ? s.full() : s.full() + " (" + s.suffix() + ")")
        .orElse(symbol);
  }

  /// The path without generic arguments.
  public String plain() {
    return String.join("::", components);
  }

  /// Whether the last part is a closure: so are the poll functions of coroutines named.
  public boolean isClosure() {
    return isClosure(components.getLast());
  }

  /// Whether a part of a path is a closure.
  static boolean isClosure(String component) {
    return CLOSURE.matcher(component).matches();
  }

  /// The number of a closure among those of its parent; empty for other parts, and in legacy names.
  static Optional<String> closureNumber(String component) {
    Matcher m = CLOSURE.matcher(component);
    return m.matches() ? Optional.ofNullable(m.group(1)) : Optional.empty();
  }

  private static RustSymbol of(String symbol, Path path, String suffix) throws NameSyntaxException {
    var components = new ArrayList<String>();
    components(path, components);
    var arguments = new ArrayList<TypeArgument>();
    arguments(path, arguments);
    return new RustSymbol(symbol, V0Printer.print(path, true), components, suffix, arguments);
  }

  private static void components(Path path, List<String> into) throws NameSyntaxException {
    switch (path) {
      case V0Node.Crate c -> into.add(c.name());
      case Generic g -> components(g.path(), into);
      case Impl i -> {
        // `<a::B>::c` reads better as `a::B::c`; a trait's name tells implementations apart
        if (i.of().isEmpty() && i.self() instanceof Path self) {
          components(self, into);
        } else {
          into.add(V0Printer.print(path, false));
        }
      }
      case Nested n -> {
        components(n.parent(), into);
        if (n.isSpecial()) {
          into.add(special(n));
        } else if (!n.name().isEmpty()) {
          into.add(n.name());
        }
      }
    }
  }

  private static String special(Nested n) throws NameSyntaxException {
    String printed = V0Printer.print(n, false);
    return printed.substring(printed.lastIndexOf("::{") + 2);
  }

  /// Generic arguments of the path and of the types of its implementations, not those inside
  /// arguments.
  private static void arguments(Path path, List<TypeArgument> into) throws NameSyntaxException {
    switch (path) {
      case V0Node.Crate _ -> {}
      case Nested n -> arguments(n.parent(), into);
      case Impl i -> {
        if (i.self() instanceof Path self) {
          arguments(self, into);
        }
        if (i.of().isPresent()) {
          arguments(i.of().get(), into);
        }
      }
      case Generic g -> {
        var of = new ArrayList<String>();
        components(g.path(), of);
        int position = 0;
        for (Argument argument : g.arguments()) {
          if (argument instanceof Path p) {
            into.add(new TypeArgument(String.join("::", of), position, of("", p, "")));
          }
          position++;
        }
        arguments(g.path(), into);
      }
    }
  }

  /// Where the hash of a legacy name begins; its `E` comes after.
  private static int legacyEnd(String name) {
    int hash = name.lastIndexOf("17h");
    return hash < 0 ? 0 : hash + 19;
  }

  private static RustSymbol legacy(String symbol, String mangled, String suffix)
      throws NameSyntaxException {
    List<String> parts = LegacyName.parse(mangled);
    List<String> plain =
        parts.stream()
            .map(p -> LEGACY_INDEX.matcher(p).matches() ? "{closure}" : withoutInnerArguments(p))
            .toList();
    return new RustSymbol(symbol, String.join("::", parts), plain, suffix, List.of());
  }

  /// `<A<B> as C<D>>` as `<A as C>`.
  private static String withoutInnerArguments(String part) {
    if (!part.startsWith("<")) {
      int open = part.indexOf('<');
      return open > 0 && part.endsWith(">") ? part.substring(0, open) : part;
    }
    var out = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      boolean arrow = c == '>' && i > 0 && part.charAt(i - 1) == '-';
      if (c == '<') {
        depth++;
      }
      if (depth < 2) {
        out.append(c);
      }
      if (c == '>' && !arrow) {
        depth--;
      }
    }
    return out.toString();
  }
}
