package dev.pollard.name;

/// A symbol that starts like a Rust name and goes on differently.
final class NameSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  NameSyntaxException(String problem, int at) {
    super(problem + " at character " + at);
  }
}
