package dev.pollard.doctor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A question to a compiler about async Rust: a small program, or a flag.
///
/// @param id short, such as `async-closures`
/// @param title what is asked about, for people
/// @param kind how the answer is had
/// @param subject the program, or the flag's name
/// @param features the language features that make it work where it is not stable; may be empty
/// @param since since when it is tracked, or stable, with the source
/// @param instead what to use where it is missing
/// @param source what shows that a program would use it
record Probe(
    String id,
    String title,
    Kind kind,
    String subject,
    List<String> features,
    String since,
    String instead,
    Optional<Pattern> source) {
  /// How an answer is had.
  enum Kind {
    /// The program compiles, or does not.
    COMPILE,
    /// The program runs on the host and ends with 0 if the gap is closed; it prints what it saw.
    RUN,
    /// The compiler knows a `-Z` flag.
    FLAG
  }

  Probe {
    features = List.copyOf(features);
  }

  private static final String HEADER = "//# ";

  /// Reads a probe: a program with a header of `//# key: value` lines.
  ///
  /// @throws IllegalArgumentException when a key is missing
  static Probe parse(String id, String text) {
    Map<String, String> header = new LinkedHashMap<>();
    var code = new StringBuilder();
    for (String line : text.lines().toList()) {
      if (line.startsWith(HEADER)) {
        String[] parts = line.substring(HEADER.length()).split(": ", 2);
        header.put(parts[0], parts[1].strip());
      } else {
        code.append(line).append('\n');
      }
    }
    var flag = Optional.ofNullable(header.get("flag"));
    return new Probe(
        id,
        field(id, header, "title"),
        flag.isPresent() ? Kind.FLAG : header.containsKey("run") ? Kind.RUN : Kind.COMPILE,
        flag.orElse(code.toString()),
        Optional.ofNullable(header.get("feature"))
            .map(f -> List.of(f.split(", ")))
            .orElse(List.of()),
        field(id, header, "since"),
        field(id, header, "instead"),
        Optional.ofNullable(header.get("source")).map(Pattern::compile));
  }

  private static String field(String id, Map<String, String> header, String key) {
    return Optional.ofNullable(header.get(key))
        .orElseThrow(() -> new IllegalArgumentException("probe " + id + " has no " + key));
  }
}
