package dev.pollard.name;

import java.util.List;
import java.util.Optional;

/// The tree behind a v0 symbol name. Source: Rust RFC 2603 and the rustc book's chapter on symbol
/// mangling; the comments name the grammar's letters.
sealed interface V0Node {
  /// What stands where a path, a type or a generic argument may stand.
  sealed interface Argument extends V0Node {}

  /// A type; a path is one.
  sealed interface Type extends Argument {}

  /// A path to an item.
  sealed interface Path extends Type {}

  /// `C`: a crate's root.
  record Crate(String name) implements Path {}

  /// `N`: an item in another; upper-case namespaces (`C` closure, `S` shim) have no source name.
  record Nested(Path parent, char namespace, String name, long disambiguator) implements Path {
    boolean isSpecial() {
      return Character.isUpperCase(namespace);
    }
  }

  /// `M` without a trait, `X` with one, `Y` for a trait's own definition: `<T>` or `<T as Trait>`.
  record Impl(Type self, Optional<Path> of) implements Path {}

  /// `I`: a path with generic arguments.
  record Generic(Path path, List<Argument> arguments) implements Path {
    public Generic {
      arguments = List.copyOf(arguments);
    }
  }

  /// A basic type, one lower-case letter.
  record Basic(String name) implements Type {}

  /// `A` with a length, `S` without.
  record Sequence(Type element, Optional<Constant> length) implements Type {}

  /// `T`.
  record Tuple(List<Type> elements) implements Type {
    public Tuple {
      elements = List.copyOf(elements);
    }
  }

  /// `R`, `Q`, `P`, `O`: the text in front of the pointee, without a lifetime.
  record Pointer(String sigil, Lifetime lifetime, String qualifier, Type pointee) implements Type {}

  /// `F`.
  record FunctionPointer(
      long binder, boolean unsafe, Optional<String> abi, List<Type> parameters, Type result)
      implements Type {
    public FunctionPointer {
      parameters = List.copyOf(parameters);
    }
  }

  /// `D`.
  record Dynamic(long binder, List<Bound> bounds, Lifetime lifetime) implements Type {
    public Dynamic {
      bounds = List.copyOf(bounds);
    }
  }

  /// One trait of a `dyn` type with its associated types.
  record Bound(Path path, List<Association> associations) {
    public Bound {
      associations = List.copyOf(associations);
    }
  }

  /// `p`: `Name = Type`.
  record Association(String name, Type type) {}

  /// `W`: a pattern type.
  record PatternType(Type base, String pattern) implements Type {}

  /// `L`: a lifetime by its distance to the binder; 0 for an erased one.
  record Lifetime(long index) implements Argument {
    static final Lifetime ERASED = new Lifetime(0);
  }

  /// `K`: a constant, as text.
  record Constant(String text, boolean literal) implements Argument {}
}
