package dev.pollard.mir;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// An async function beside its synchronous twin.
///
/// @param name the function, without the closure that is its poll function
/// @param rustc the compiler's own line
/// @param flags what decides about MIR
/// @param poll the poll function
/// @param before the lines of its body before the state transform; empty where rustc does not tell
/// @param after the same after it
/// @param twin the twin; empty where there is none
/// @param problem why there is no twin; empty where there is one
public record MirReport(
    String name,
    String rustc,
    String flags,
    Anatomy poll,
    Optional<MirFunction> before,
    Optional<MirFunction> after,
    Optional<Anatomy> twin,
    Optional<String> problem) {

  /// The functions of a crate that are async: those that have a poll function.
  public static List<String> asyncFunctions(List<MirFunction> functions) {
    return functions.stream()
        .filter(f -> isPoll(f.name()) && !Anatomy.of(f).states().isEmpty())
        .map(f -> bare(f.name()))
        .distinct()
        .sorted()
        .toList();
  }

  /// The functions that a name stands for: the whole name, or its last parts. rustc leaves out the
  /// path of a name that only one function has, so that a longer name may be asked for too.
  public static List<String> matching(List<String> names, String asked) {
    List<Predicate<String>> ways =
        List.of(n -> n.equals(asked), n -> n.endsWith("::" + asked), n -> asked.endsWith("::" + n));
    return ways.stream()
        .map(way -> names.stream().filter(way).toList())
        .filter(found -> !found.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /// The poll function of an async function.
  static Optional<MirFunction> poll(List<MirFunction> functions, String name) {
    return functions.stream().filter(f -> f.name().equals(name + SUFFIX)).findFirst();
  }

  /// The function of the same name in another crate's MIR, where `impl` blocks stand elsewhere.
  static Optional<MirFunction> same(List<MirFunction> functions, String name) {
    String tail = tail(name);
    List<MirFunction> found = functions.stream().filter(f -> tail(f.name()).equals(tail)).toList();
    return found.size() == 1
        ? Optional.of(found.getFirst())
        : found.stream().filter(f -> f.name().equals(name)).findFirst();
  }

  private static final String SUFFIX = "::{closure#0}";

  private static boolean isPoll(String name) {
    return name.endsWith(SUFFIX);
  }

  private static String bare(String name) {
    return name.substring(0, name.length() - SUFFIX.length());
  }

  /// The name behind `<impl at file:line:column>`.
  private static String tail(String name) {
    int at = name.lastIndexOf(">::");
    return name.contains("<impl at ") && at >= 0 ? name.substring(at) : name;
  }

  /// Puts one together.
  ///
  /// @param functions the crate's
  /// @param before all machines before the state transform
  /// @param after the same after it
  /// @param twins the twin crate's functions; or why there are none
  public static MirReport of(
      String name,
      String rustc,
      String flags,
      List<MirFunction> functions,
      List<MirFunction> before,
      List<MirFunction> after,
      TwinCrate twins) {
    MirFunction poll = poll(functions, name).orElseThrow();
    Optional<Anatomy> twin =
        twins
            .name()
            .map(n -> functions.stream().filter(f -> f.name().equals(n)).findFirst())
            .orElseGet(() -> same(twins.functions(), name))
            .map(Anatomy::of);
    Optional<String> problem =
        twin.isPresent()
            ? Optional.empty()
            : twins.problem().or(() -> Optional.of("the twin has no function of that name"));
    return new MirReport(
        name, rustc, flags, Anatomy.of(poll), poll(before, name), poll(after, name), twin, problem);
  }

  /// Where twins come from.
  ///
  /// @param functions of the crate without `async` and `.await`
  /// @param name of a function of the crate itself that the user calls the twin
  /// @param problem why the crate does not compile that way
  public record TwinCrate(
      List<MirFunction> functions, Optional<String> name, Optional<String> problem) {
    public TwinCrate {
      functions = List.copyOf(functions);
    }
  }
}
