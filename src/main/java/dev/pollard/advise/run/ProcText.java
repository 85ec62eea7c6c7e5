package dev.pollard.advise.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The texts of `/proc`, as Linux's proc(5) describes them. What a text does not have is empty: a
/// process may end while it is read.
final class ProcText {
  /// Files of `/proc/sys` give all that they have to the first read, and only as much as it asks
  /// for.
  private static final int READ = 1 << 13;

  private ProcText() {}

  /// The text of a file of the kernel's.
  ///
  /// @throws IOException when it cannot be read, or what it tells of has ended
  static String read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var buffer = new byte[READ];
      var bytes = new ByteArrayOutputStream();
      int n;
      while ((n = in.read(buffer)) > 0) {
        bytes.write(buffer, 0, n);
      }
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }

  /// What `schedstat` of a thread says.
  ///
  /// @param cpu nanoseconds on a processor
  /// @param waited nanoseconds ready to run, without a processor
  record Schedule(long cpu, long waited) {}

  /// Reads `/proc/PID/task/TID/schedstat`: three numbers.
  static Optional<Schedule> schedule(String text) {
    String[] words = text.strip().split("\\s+", -1);
    if (words.length < 3) {
      return Optional.empty();
    }
    OptionalLong cpu = number(words[0]);
    OptionalLong waited = number(words[1]);
    return cpu.isPresent() && waited.isPresent()
        ? Optional.of(new Schedule(cpu.getAsLong(), waited.getAsLong()))
        : Optional.empty();
  }

  /// The fields of `/proc/PID/status` and of `/proc/meminfo`: the number behind each name, those in
  /// kB as bytes. What is no number is left out.
  static Map<String, Long> fields(String text) {
    var fields = new HashMap<String, Long>();
    for (var line : text.lines().toList()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        String[] words = line.substring(colon + 1).strip().split("\\s+", -1);
        var value = number(words[0]);
        if (value.isPresent()) {
          long unit = words.length > 1 && words[1].equals("kB") ? 1024 : 1;
          fields.put(line.substring(0, colon), value.getAsLong() * unit);
        }
      }
    }
    return fields;
  }

  /// The ticks in user and system mode of `/proc/PID/stat`; the name before them, in parentheses,
  /// may hold anything.
  static OptionalLong ticks(String text) {
    int close = text.lastIndexOf(')');
    String[] words = text.substring(close + 1).strip().split("\\s+", -1);
    if (close < 0 || words.length < 13) {
      return OptionalLong.empty();
    }
    var user = number(words[11]);
    var system = number(words[12]);
    return user.isPresent() && system.isPresent()
        ? OptionalLong.of(user.getAsLong() + system.getAsLong())
        : OptionalLong.empty();
  }

  /// Sockets of `/proc/PID/net/tcp` or `tcp6`.
  ///
  /// @param listening the inodes of those that listen
  /// @param connected the inodes of those that have a connection
  record Sockets(Set<Long> listening, Set<Long> connected) {}

  /// Reads the tables of TCP sockets; they have those of all processes.
  static Sockets sockets(List<String> tables) {
    var listening = new HashSet<Long>();
    var connected = new HashSet<Long>();
    for (var table : tables) {
      for (var line : table.lines().skip(1).toList()) {
        String[] words = line.strip().split("\\s+", -1);
        if (words.length > 9) {
          var inode = number(words[9]);
          if (inode.isPresent() && words[3].equals("0A")) {
            listening.add(inode.getAsLong());
          } else if (inode.isPresent() && words[3].equals("01")) {
            connected.add(inode.getAsLong());
          }
        }
      }
    }
    return new Sockets(listening, connected);
  }

  /// The inode that a link of `/proc/PID/fd` names; empty when it is no socket.
  static OptionalLong socket(String link) {
    return link.startsWith("socket:[") && link.endsWith("]")
        ? number(link.substring("socket:[".length(), link.length() - 1))
        : OptionalLong.empty();
  }

  /// The soft limit of processes of `/proc/self/limits`; empty when there is none.
  static OptionalLong processLimit(String limits) {
    return limits
        .lines()
        .filter(l -> l.startsWith("Max processes"))
        .map(l -> l.substring("Max processes".length()).strip().split("\\s+", -1)[0])
        .map(ProcText::number)
        .findFirst()
        .orElse(OptionalLong.empty());
  }

  /// A number without a sign; empty for anything else.
  static OptionalLong number(String word) {
    return word.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(word))
        : OptionalLong.empty();
  }
}
