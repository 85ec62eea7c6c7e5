package dev.pollard.replay;

import dev.pollard.capture.RustcArguments;
import dev.pollard.capture.RustcCall;
import dev.pollard.files.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Has the calls of rustc that cargo makes written down. A call is kept by the name of what it
/// makes, so that those of an earlier build, which cargo need not make again, are there too.
public final class CallLog {
  /// Where the recorder writes, an environment variable.
  public static final String VARIABLE = "POLLARD_CALLS";

  private CallLog() {}

  /// A wrapper for cargo that records each call that makes a crate under [#VARIABLE], and makes
  /// every call. It lies at one place for all: cargo builds a package again for another wrapper.
  ///
  /// @param folder where it goes; made when needed
  /// @throws IOException when it cannot be written
  public static Path recorder(Path folder) throws IOException {
    Path script = Files.createDirectories(folder).resolve("record-calls");
    if (!Files.exists(script)) {
      WholeFile.replace(
          script,
          """
          #!/bin/sh
          name=
          extra=
          before=
          for word in "$@"; do
            case "$before" in --crate-name) name=$word ;; esac
            case "$word" in
            extra-filename=*) extra=${word#extra-filename=} ;;
            -Cextra-filename=*) extra=${word#-Cextra-filename=} ;;
            esac
            before=$word
          done
          case "$name" in
          '' | ___) ;;
          *)
            call="$%s/$name$extra"
            mkdir -p "$call"
            env -0 > "$call/env"
            printf '%%s\\0' "$@" > "$call/args"
            pwd -P > "$call/cwd"
            ;;
          esac
          exec "$@"
          """
              .formatted(VARIABLE),
          true);
    }
    return script;
  }

  /// What was recorded in `folder`.
  ///
  /// @throws IOException when it cannot be read
  public static List<RustcCall> read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<RustcCall> calls = new ArrayList<>();
    try (Stream<Path> folders = Files.list(folder)) {
      for (Path call : folders.sorted().toList()) {
        if (Files.exists(call.resolve("cwd"))) {
          calls.add(call(call));
        }
      }
    }
    return calls;
  }

  private static RustcCall call(Path folder) throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String variable : words(folder.resolve("env"))) {
      int equals = variable.indexOf('=');
      if (equals > 0) {
        environment.put(variable.substring(0, equals), variable.substring(equals + 1));
      }
    }
    List<String> command = words(folder.resolve("args"));
    Path directory = Path.of(Files.readString(folder.resolve("cwd")).strip());
    return new RustcCall(
        command.subList(0, 1),
        RustcArguments.parse(command.subList(1, command.size()), directory),
        directory,
        environment);
  }

  private static List<String> words(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    List<String> words = new ArrayList<>(Arrays.asList(text.split("\0", -1)));
    words.removeLast(); // each ends with a zero
    return words;
  }
}
