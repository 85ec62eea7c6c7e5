package dev.pollard.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// All probes, in the order in which they are shown. Their numbers of issues and versions are those
/// of `compiler/rustc_feature/src/unstable.rs`.
final class Probes {
  private static final List<String> IDS =
      List.of(
          "async-closures",
          "async-fn-in-traits",
          "dyn-async-traits",
          "async-iterator",
          "async-gen",
          "for-await",
          "async-drop",
          "return-type-notation",
          "named-futures",
          "future-in-associated-types",
          "recursion",
          "unpin-bounds",
          "pin-ergonomics",
          "noop-waker",
          "local-waker",
          "join-macro",
          "must-not-suspend",
          "track-caller",
          "option-of-a-future",
          "arguments-stored-once",
          "await-free",
          "async-panic-flag",
          "pack-layout-flag");

  private Probes() {}

  static List<Probe> all() {
    return IDS.stream().map(id -> Probe.parse(id, text("probes/" + id + ".rs"))).toList();
  }

  private static String text(String file) {
    try (InputStream in = Probes.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(file + " cannot be read", e);
    }
  }
}
