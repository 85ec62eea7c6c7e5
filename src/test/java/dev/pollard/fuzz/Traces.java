package dev.pollard.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Runs what was built, and compares what was printed: a line per program, with its trace's length
/// and hash.
final class Traces {
  /// A program that takes longer hangs.
  private static final long SECONDS = 60;

  private final Path root;
  private final Target target;
  private final Path folder;

  /// @param root the checkout with `examples/run-qemu`
  /// @param folder for what is printed
  Traces(Path root, Target target, Path folder) {
    this.root = root;
    this.target = target;
    this.folder = folder;
  }

  /// What a run printed, and how it ended.
  ///
  /// @param lines of the programs, by their index
  private record Run(int exitCode, Map<Integer, String> lines, long events) {}

  private Run run(Path artifact, String name) throws IOException {
    return read(start(artifact, name, List.of()), folder.resolve(name));
  }

  /// The whole trace of one program; on bare metal that is there where it is the only one.
  Path trace(Path artifact, String name, int index) throws IOException {
    start(artifact, name, target.isHost() ? List.of(String.valueOf(index)) : List.of());
    return folder.resolve(name);
  }

  /// What a comparison showed.
  ///
  /// @param different the programs that differ, by their index
  /// @param events of all the stock programs
  record Comparison(List<Integer> different, long events) {
    Comparison {
      different = List.copyOf(different);
    }
  }

  /// Runs both and compares. Where a run ended early, the programs after that point are looked at
  /// one by one on the host; on bare metal only the first counts.
  Comparison compare(Path stock, Path pruned, int programs) throws IOException {
    var a = run(stock, "stock.out");
    if (a.exitCode() != 0 || a.lines().size() != programs) {
      throw new IOException(
          "the stock program ended with "
              + a.exitCode()
              + " after "
              + a.lines().size()
              + " programs");
    }
    var b = run(pruned, "pruned.out");
    List<Integer> different = new ArrayList<>();
    boolean alone = false;
    for (int i = 0; i < programs; i++) {
      var line = b.lines().get(i);
      if (line == null && alone && !target.isHost()) {
        break;
      }
      if (line == null && target.isHost()) {
        var one =
            read(start(pruned, "one.out", List.of(String.valueOf(i))), folder.resolve("one.out"));
        line = one.lines().getOrDefault(i, "ended with " + one.exitCode());
      }
      alone |= line == null;
      if (!Objects.equals(a.lines().get(i), line)) {
        different.add(i);
      }
    }
    if (different.isEmpty() && b.exitCode() != 0) {
      throw new IOException(
          "the pruned program ended with " + b.exitCode() + " after all programs");
    }
    return new Comparison(different, a.events());
  }

  /// The command that runs `artifact`.
  List<String> command(Path artifact) {
    return target.isHost()
        ? List.of(artifact.toString())
        : List.of(
            root.resolve("examples/run-qemu").toString(),
            "--board",
            target.board(),
            artifact.toString());
  }

  private int start(Path artifact, String name, List<String> arguments) throws IOException {
    var command = new ArrayList<>(command(artifact));
    command.addAll(arguments);
    return Builder.run(
        command,
        folder,
        Map.of("QEMU_TIMEOUT", String.valueOf(SECONDS)),
        folder.resolve(name),
        SECONDS + 5);
  }

  private static Run read(int exitCode, Path file) throws IOException {
    Map<Integer, String> lines = new TreeMap<>();
    long events = 0;
    for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1)) {
      var words = line.split(" ", -1);
      if (words.length == 3 && words[0].matches("\\d{1,9}") && words[1].matches("\\d{1,9}")) {
        lines.put(Integer.valueOf(words[0]), line);
        events += Long.parseLong(words[1]);
      }
    }
    return new Run(exitCode, lines, events);
  }
}
