package dev.pollard.capture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// cargo's jobserver, as a process that Java starts can reach it.
///
/// cargo hands it down as two inherited file descriptors (`--jobserver-auth=8,9`), and Java closes
/// all but the first three in a child. On Linux the pipe has a name in `/proc`, and rustc takes a
/// named one (`--jobserver-auth=fifo:PATH`); elsewhere the variable is taken away, so that rustc
/// does not warn about descriptors that are not there.
public final class JobServer {
  private static final List<String> VARIABLES = List.of("CARGO_MAKEFLAGS", "MAKEFLAGS", "MFLAGS");
  private static final Pattern DESCRIPTORS =
      Pattern.compile("--jobserver-(?:auth|fds)=(\\d+),(\\d+)");

  private static final Pattern NAMED = Pattern.compile("--jobserver-auth=fifo:(\\S+)");

  private JobServer() {}

  /// The pipe that holds the tokens of the jobserver that this process was given, where it has a
  /// name; empty without a jobserver.
  public static Optional<Path> pipe(Map<String, String> environment) {
    for (var name : VARIABLES) {
      var flags = environment.get(name);
      if (flags != null) {
        return byName(flags, Path.of("/proc/self/fd"))
            .map(NAMED::matcher)
            .filter(Matcher::find)
            .map(m -> Path.of(m.group(1)))
            .filter(Files::exists);
      }
    }
    return Optional.empty();
  }

  /// Changes a child's environment so that it reaches the jobserver of this process.
  static void forChild(Map<String, String> environment) {
    for (var name : VARIABLES) {
      var flags = environment.get(name);
      if (flags != null && DESCRIPTORS.matcher(flags).find()) {
        var changed = byName(flags, Path.of("/proc/" + ProcessHandle.current().pid() + "/fd"));
        if (changed.isPresent()) {
          environment.put(name, changed.get());
        } else {
          environment.remove(name);
        }
      }
    }
  }

  /// The same flags with the pipe by name; empty when it has none.
  static Optional<String> byName(String flags, Path descriptors) {
    var matcher = DESCRIPTORS.matcher(flags);
    if (!matcher.find()) {
      return Optional.of(flags);
    }
    var pipe = descriptors.resolve(matcher.group(1));
    if (!Files.exists(pipe)) {
      return Optional.empty();
    }
    var rest = DESCRIPTORS.matcher(flags).replaceAll("").strip();
    return Optional.of(rest + " --jobserver-auth=fifo:" + pipe);
  }
}
