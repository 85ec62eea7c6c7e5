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
import java.util.List;

/// Prints a v0 tree as `llvm-cxxfilt` does, or without generic arguments.
final class V0Printer {
  private static final int LONGEST = 1 << 20;
  private static final int DEEPEST = 1000;

  private final StringBuilder out = new StringBuilder();
  private final boolean generics;
  private long bound;
  private int depth;

  private V0Printer(boolean generics) {
    this.generics = generics;
  }

  /// The text of a path.
  ///
  /// @param generics whether generic arguments are printed
  static String print(Path path, boolean generics) throws NameSyntaxException {
    var printer = new V0Printer(generics);
    printer.path(path, false, false);
    return printer.out.toString();
  }

  /// The text of a generic argument.
  static String print(Argument argument, boolean generics) throws NameSyntaxException {
    var printer = new V0Printer(generics);
    printer.argument(argument);
    return printer.out.toString();
  }

  /// Prints a path; whether its `<` was left open.
  private boolean path(Path path, boolean inType, boolean leaveOpen) throws NameSyntaxException {
    enter();
    switch (path) {
      case Crate c -> out.append(c.name());
      case Impl i -> {
        out.append('<');
        type(i.self());
        if (i.of().isPresent()) {
          out.append(" as ");
          path(i.of().get(), true, false);
        }
        out.append('>');
      }
      case Nested n -> {
        path(n.parent(), inType, false);
        if (n.isSpecial()) {
          out.append("::{").append(special(n.namespace()));
          if (!n.name().isEmpty()) {
            out.append(':').append(n.name());
          }
          out.append('#').append(Long.toUnsignedString(n.disambiguator())).append('}');
        } else if (!n.name().isEmpty()) {
          out.append("::").append(n.name());
        }
      }
      case Generic g -> {
        path(g.path(), inType, false);
        if (!generics) {
          break;
        }
        out.append(inType ? "<" : "::<");
        for (int i = 0; i < g.arguments().size(); i++) {
          out.append(i == 0 ? "" : ", ");
          argument(g.arguments().get(i));
        }
        if (leaveOpen) {
          depth--;
          return true;
        }
        out.append('>');
      }
    }
    depth--;
    return false;
  }

  private static String special(char namespace) {
    return switch (namespace) {
      case 'C' -> "closure";
      case 'S' -> "shim";
      default -> Character.toString(namespace);
    };
  }

  private void argument(Argument argument) throws NameSyntaxException {
    switch (argument) {
      case Lifetime l -> lifetime(l);
      case Constant c -> {
        if (c.literal()) {
          out.append(c.text());
        } else {
          out.append('{').append(c.text()).append('}');
        }
      }
      case V0Node.Type t -> type(t);
    }
  }

  private void type(V0Node.Type type) throws NameSyntaxException {
    enter();
    switch (type) {
      case Basic b -> out.append(b.name());
      case Path p -> path(p, true, false);
      case Sequence s -> {
        out.append('[');
        type(s.element());
        if (s.length().isPresent()) {
          out.append("; ").append(s.length().get().text());
        }
        out.append(']');
      }
      case Tuple t -> {
        out.append('(');
        types(t.elements());
        out.append(t.elements().size() == 1 ? ",)" : ")");
      }
      case Pointer p -> {
        out.append(p.sigil());
        if (p.lifetime().index() != 0) {
          lifetime(p.lifetime());
          out.append(' ');
        }
        out.append(p.qualifier());
        type(p.pointee());
      }
      case FunctionPointer f -> {
        long before = bind(f.binder());
        out.append(f.unsafe() ? "unsafe " : "");
        f.abi().ifPresent(abi -> out.append("extern \"").append(abi).append("\" "));
        out.append("fn(");
        types(f.parameters());
        out.append(')');
        if (!f.result().equals(new Basic("()"))) {
          out.append(" -> ");
          type(f.result());
        }
        bound = before;
      }
      case Dynamic d -> {
        out.append("dyn ");
        long before = bind(d.binder());
        for (int i = 0; i < d.bounds().size(); i++) {
          out.append(i == 0 ? "" : " + ");
          bound(d.bounds().get(i));
        }
        bound = before;
        if (d.lifetime().index() != 0) {
          out.append(" + ");
          lifetime(d.lifetime());
        }
      }
      case PatternType p -> {
        type(p.base());
        out.append(" is ").append(p.pattern());
      }
    }
    depth--;
  }

  private void types(List<V0Node.Type> types) throws NameSyntaxException {
    for (int i = 0; i < types.size(); i++) {
      out.append(i == 0 ? "" : ", ");
      type(types.get(i));
    }
  }

  private void bound(Bound b) throws NameSyntaxException {
    boolean open = path(b.path(), true, true);
    if (!generics) {
      return;
    }
    for (Association a : b.associations()) {
      out.append(open ? ", " : "<").append(a.name()).append(" = ");
      open = true;
      type(a.type());
    }
    out.append(open ? ">" : "");
  }

  private long bind(long lifetimes) throws NameSyntaxException {
    long before = bound;
    if (lifetimes > 0) {
      if (lifetimes > 1000) {
        throw new NameSyntaxException("a binder of " + lifetimes + " lifetimes", 0);
      }
      out.append("for<");
      for (long i = 0; i < lifetimes; i++) {
        bound++;
        out.append(i == 0 ? "" : ", ");
        lifetime(new Lifetime(1));
      }
      out.append("> ");
    }
    return before;
  }

  private void lifetime(Lifetime lifetime) throws NameSyntaxException {
    if (lifetime.index() == 0) {
      out.append("'_");
      return;
    }
    if (lifetime.index() < 0 || lifetime.index() > bound) {
      throw new NameSyntaxException("a lifetime that nothing binds", 0);
    }
    long depth = bound - lifetime.index();
    out.append('\'');
    if (depth < 26) {
      out.append((char) ('a' + depth));
    } else {
      out.append('z').append(depth - 26 + 1);
    }
  }

  private void enter() throws NameSyntaxException {
    if (out.length() > LONGEST) {
      throw new NameSyntaxException("a name of more than 1 MiB", 0);
    }
    if (++depth > DEEPEST) {
      throw new NameSyntaxException("back-references nest too deeply", 0);
    }
  }
}
