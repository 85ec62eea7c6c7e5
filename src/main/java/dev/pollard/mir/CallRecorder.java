package dev.pollard.mir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A rustc call as cargo made it, so that it can be made again in another way.
///
/// @param command the compiler, then its arguments
/// @param environment the variables that it had
record RecordedCall(List<String> command, Path directory, Map<String, String> environment) {
  /// By this argument the recorder knows the call that is meant.
  static final String MARK = "--emit=mir";

  RecordedCall {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /// Where the recorder writes, an environment variable.
  static final String VARIABLE = "POLLARD_MIR_CALL";

  /// A wrapper for cargo that records the call with [#MARK] in [#VARIABLE], and makes every call.
  /// It lies at one place for all: cargo builds a package again for another wrapper.
  ///
  /// @param folder where it goes; made when needed
  /// @throws IOException when it cannot be written
  static Path recorder(Path folder) throws IOException {
    Path script = Files.createDirectories(folder).resolve("recorder");
    if (!Files.exists(script)) {
      Path temporary = Files.createTempFile(folder, "recorder", ".tmp");
      Files.writeString(
          temporary,
          """
          #!/bin/sh
          case " $* " in
          *" %s "*)
            env -0 > "$%s/env"
            printf '%%s\\0' "$@" > "$%s/args"
            pwd > "$%s/cwd"
            ;;
          esac
          exec "$@"
          """
              .formatted(MARK, VARIABLE, VARIABLE, VARIABLE));
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx------"));
      Files.move(temporary, script, StandardCopyOption.ATOMIC_MOVE);
    }
    return script;
  }

  /// What was recorded in `folder`.
  ///
  /// @throws IOException when nothing was
  static RecordedCall read(Path folder) throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String variable : words(folder.resolve("env"))) {
      int equals = variable.indexOf('=');
      if (equals > 0) {
        environment.put(variable.substring(0, equals), variable.substring(equals + 1));
      }
    }
    return new RecordedCall(
        words(folder.resolve("args")),
        Path.of(Files.readString(folder.resolve("cwd")).strip()),
        environment);
  }

  private static List<String> words(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    List<String> words = new ArrayList<>(Arrays.asList(text.split("\0", -1)));
    words.removeLast(); // each ends with a zero
    return words;
  }
}
