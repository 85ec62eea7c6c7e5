package dev.pollard.replay;

import dev.pollard.capture.RustcArguments;
import dev.pollard.capture.RustcCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A crate of a recorded build: the call that made it.
///
/// @param call cargo's
/// @param id its name with what cargo puts behind it, unique in a build
public record Crate(RustcCall call, String id) {
  static Crate of(RustcCall call) {
    RustcArguments arguments = call.arguments();
    return new Crate(call, arguments.crateName().orElse("") + arguments.extraFilename());
  }

  /// As the source calls it.
  public String name() {
    return call.arguments().crateName().orElse("");
  }

  /// The edition that it is written in, such as 2021.
  public int edition() {
    List<String> editions = call.arguments().values("--edition");
    return editions.isEmpty() ? 2015 : Integer.parseInt(editions.getLast());
  }

  /// Where what it makes goes.
  Path outDir() {
    return call.directory().resolve(call.arguments().outDir().orElse("."));
  }

  /// What is linked, where this crate is a program or a module.
  Optional<Path> linked(Path folder) throws IOException {
    for (String end : List.of("", ".wasm", ".exe")) {
      Path file = folder.resolve(id + end);
      if (Files.isRegularFile(file)) {
        return Optional.of(file);
      }
    }
    Path library = folder.resolve("lib" + id + ".so");
    return Files.isRegularFile(library) ? Optional.of(library) : Optional.empty();
  }

  /// The word of the call that names the first source.
  Optional<String> rootWord() {
    return call.arguments().raw().stream()
        .filter(w -> w.endsWith(".rs") && !w.startsWith("-"))
        .findFirst();
  }

  /// The sources that went into it, as rustc's dep-info file says; empty when that is gone.
  public List<Path> sources() throws IOException {
    Path file = outDir().resolve(id + ".d");
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    List<Path> sources = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.endsWith(".rs:")) {
        sources.add(
            call.directory()
                .resolve(line.substring(0, line.length() - 1).replace("\\ ", " "))
                .normalize());
      }
    }
    return sources;
  }

  /// The ids of the crates that it names.
  List<String> externs() {
    return call.arguments().values("--extern").stream()
        .filter(e -> e.contains("="))
        .map(e -> idOf(Path.of(e.substring(e.indexOf('=') + 1))))
        .toList();
  }

  private static String idOf(Path library) {
    String name = library.getFileName().toString().replaceFirst("\\.[a-z]+$", "");
    return name.startsWith("lib") ? name.substring(3) : name;
  }
}
