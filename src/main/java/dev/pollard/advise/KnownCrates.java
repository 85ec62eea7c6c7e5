package dev.pollard.advise;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What the names of crates tell about a program. Names have underscores here, as code has them.
final class KnownCrates {
  private static final List<String> EXECUTORS =
      List.of(
          "tokio",
          "async_std",
          "smol",
          "async_executor",
          "monoio",
          "glommio",
          "embassy_executor",
          "rtic",
          "wasm_bindgen_futures",
          "futures_executor",
          "pollster");

  /// Crates that are there for async alone.
  private static final Pattern SUPPORT =
      Pattern.compile(
          "tokio(_\\w+)?|mio|async_\\w+|smol|monoio|glommio|embassy_(executor|futures|executor_macros)"
              + "|futures(_\\w+)?|wasm_bindgen_futures|pollster|rtic|pin_project(_lite)?|waker_fn|parking"
              + "|polling");

  private static final Set<String> DATA_PARALLEL = Set.of("rayon", "rayon_core");

  /// Functions that a program has only if it takes connections.
  private static final Pattern LISTENS =
      Pattern.compile(
          "\\b(Tcp|Unix)Listener\\b.*::(bind|accept|poll_accept|listen)\\b|::UdpSocket::bind\\b");

  private KnownCrates() {}

  private static String plain(String name) {
    return name.replace('-', '_');
  }

  /// The executors among crates, the one that says most first.
  static List<String> executors(Collection<String> crates) {
    Predicate<String> there = e -> crates.stream().anyMatch(c -> plain(c).equals(e));
    return EXECUTORS.stream().filter(there).toList();
  }

  /// Whether a crate's code is there for async alone.
  static boolean isSupport(String crate) {
    return SUPPORT.matcher(plain(crate)).matches();
  }

  /// Whether work is split over processors by one of them.
  static boolean dataParallel(Collection<String> crates) {
    return crates.stream().anyMatch(c -> DATA_PARALLEL.contains(plain(c)));
  }

  /// Whether a function of that name takes connections.
  static boolean listens(String function) {
    return LISTENS.matcher(function).find();
  }
}
