package dev.pollard.mir;

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

/// Has cargo's call of rustc recorded, so that it can be made again in another way.
final class CallRecorder {
  /// By this argument the recorder knows the call that is meant.
  static final String MARK = "--emit=mir";

  private CallRecorder() {}

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
      WholeFile.replace(
          script,
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
              .formatted(MARK, VARIABLE, VARIABLE, VARIABLE),
          true);
    }
    return script;
  }

  /// What was recorded in `folder`.
  ///
  /// @throws IOException when nothing was
  static RustcCall read(Path folder) throws IOException {
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
