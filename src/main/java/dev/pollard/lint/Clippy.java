package dev.pollard.lint;

import dev.pollard.replay.Crate;
import dev.pollard.replay.Replay;
import dev.pollard.toolchain.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What clippy says about async code, of the toolchain at hand.
final class Clippy {
  /// Its lints, and our rule for each.
  private static final Map<String, Rule> LINTS =
      Map.of(
          "clippy::unused_async", Rule.NEVER_AWAITS,
          "clippy::redundant_async_block", Rule.REDUNDANT_BLOCK,
          "clippy::large_futures", Rule.LARGE_FUTURE,
          "clippy::await_holding_lock", Rule.GUARD_HELD,
          "clippy::await_holding_refcell_ref", Rule.GUARD_HELD);

  private Clippy() {}

  /// @param missing why it was not asked; empty when it was
  record Result(List<Said> said, Optional<String> missing) {}

  /// One message.
  ///
  /// @param lint its name, such as `clippy::unused_async`
  /// @param start index of the first character that is meant
  /// @param suggestion edits by which clippy is sure to be content; empty where it has none
  record Said(
      String lint, Rule rule, Path file, int start, int end, String text, List<Edit> suggestion) {
    /// Whether a finding says the same: a guard is told at its `let`.
    boolean isAbout(Finding finding) {
      return finding.rule() == rule
          && finding.file().equals(file)
          && finding.start() < end
          && start < finding.end();
    }

    boolean isIn(AsyncItem item) {
      return item.file().equals(file) && item.node().start() <= start && end <= item.node().end();
    }

    /// A finding of its own, in the item that it is about; empty where the program's facts are
    /// against it.
    Optional<Finding> finding(AsyncItem item) {
      return switch (rule) {
        case NEVER_AWAITS ->
            item.machines().isEmpty() && item.node().start() <= start
                ? Optional.of(
                    item.finding(
                        rule,
                        "%s is async and never awaits; no program that was built has it"
                            .formatted(item.title()),
                        "take `async` from it, and `.await` from where it is called",
                        Saving.NONE))
                : Optional.empty();
        case REDUNDANT_BLOCK ->
            Optional.of(
                item.finding(
                        rule,
                        start,
                        end,
                        "an async block that only awaits one future: a state machine around another",
                        "use the future itself",
                        Saving.NONE)
                    .changedBy(suggestion, !suggestion.isEmpty())
                    .noted("so says " + lint));
        case LARGE_FUTURE ->
            Optional.of(
                item.finding(
                        rule,
                        start,
                        end,
                        String.format(
                            Locale.ROOT,
                            "a large future is awaited in %s, whose own takes %,d bytes",
                            item.title(),
                            item.futureSize().orElse(0)),
                        "`Box::pin(..).await`, or make it smaller: `pollard inspect --by state` says what it keeps",
                        Saving.NONE)
                    .noted("so says " + lint + ": " + text));
        // Whether a guard is kept, the future's layout says; clippy does not see every drop.
        default -> Optional.empty();
      };
    }
  }

  /// Asks clippy about the crates of a survey.
  ///
  /// @throws IOException when files cannot be read
  static Result of(Survey survey) throws IOException {
    Set<Crate> crates = new LinkedHashSet<>(survey.crates().values());
    List<Said> said = new ArrayList<>();
    for (Crate crate : crates) {
      Optional<Path> driver = driver(crate.call().rustc());
      if (driver.isEmpty()) {
        return new Result(
            List.of(), Optional.of("it is not installed (rustup component add clippy)"));
      }
      List<String> flags = new ArrayList<>(List.of("-Aclippy::all", "-Awarnings"));
      LINTS.keySet().stream().sorted().forEach(l -> flags.add("--force-warn=" + l));
      for (String line : Replay.lookAt(crate, driver.get(), flags)) {
        read(line, crate, survey.sources()).ifPresent(said::add);
      }
    }
    return new Result(said, Optional.empty());
  }

  private static Optional<Path> driver(String rustc) throws IOException {
    Processes.Result sysroot = Processes.run(List.of(rustc, "--print", "sysroot"));
    return Optional.of(Path.of(sysroot.output().strip()).resolve("bin").resolve("clippy-driver"))
        .filter(Files::isExecutable);
  }

  private static Optional<Said> read(String line, Crate crate, Map<Path, String> sources) {
    Optional<JsonNode> parsed = RustcMessages.parse(line);
    if (parsed.isEmpty()) {
      return Optional.empty();
    }
    JsonNode message = parsed.get();
    String lint = message.path("code").path("code").asString("");
    Rule rule = LINTS.get(lint);
    if (rule == null) {
      return Optional.empty();
    }
    for (JsonNode span : message.path("spans")) {
      Path file = RustcMessages.file(span, crate.call().directory());
      String source = sources.get(file);
      if (span.path("is_primary").asBoolean(false) && source != null) {
        return Optional.of(
            new Said(
                lint,
                rule,
                file,
                RustcMessages.index(source, span, "byte_start"),
                RustcMessages.index(source, span, "byte_end"),
                message.path("message").asString(""),
                suggestion(message, crate, sources)));
      }
    }
    return Optional.empty();
  }

  private static List<Edit> suggestion(JsonNode message, Crate crate, Map<Path, String> sources) {
    Set<Edit> edits = new HashSet<>();
    for (JsonNode child : message.path("children")) {
      for (JsonNode span : child.path("spans")) {
        Path file = RustcMessages.file(span, crate.call().directory());
        String source = sources.get(file);
        JsonNode text = span.path("suggested_replacement");
        if (source != null
            && text.isString()
            && span.path("suggestion_applicability").asString("").equals("MachineApplicable")) {
          edits.add(
              new Edit(
                  file,
                  RustcMessages.index(source, span, "byte_start"),
                  RustcMessages.index(source, span, "byte_end"),
                  text.asString()));
        }
      }
    }
    return List.copyOf(edits);
  }
}
