package dev.pollard.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Writes a crate that runs programs, one module each.
final class Crate {
  /// The name of the package and of what is built.
  static final String NAME = "fuzz";

  private final Path resources;

  /// @param resources the folder of what programs stand on
  Crate(Path resources) {
    this.resources = resources;
  }

  /// Writes the crate's files into `folder`, over those that are there.
  void write(Path folder, List<Program> programs, Profile profile) throws IOException {
    var source = folder.resolve("src");
    Files.createDirectories(source);
    try (var old = Files.newDirectoryStream(source, "p*.rs")) {
      for (Path file : old) {
        Files.delete(file);
      }
    }
    for (int i = 0; i < programs.size(); i++) {
      Files.writeString(source.resolve("p" + i + ".rs"), programs.get(i).text());
    }
    Files.writeString(source.resolve("main.rs"), main(programs.size()));
    Files.copy(resources.resolve("rt.rs"), source.resolve("rt.rs"), REPLACE);
    var board = profile.target().isHost() ? "host.rs" : "metal.rs";
    Files.copy(resources.resolve(board), source.resolve("board.rs"), REPLACE);
    Files.writeString(folder.resolve("Cargo.toml"), manifest(profile));
    if (!profile.target().isHost()) {
      var script = profile.target().script();
      Files.copy(resources.resolve(script), folder.resolve(script), REPLACE);
      Files.createDirectories(folder.resolve(".cargo"));
      Files.writeString(
          folder.resolve(".cargo").resolve("config.toml"),
          "[build]\nrustflags = [\"-Clink-arg=-T" + script + "\"]\n");
    }
  }

  private static final java.nio.file.StandardCopyOption REPLACE =
      java.nio.file.StandardCopyOption.REPLACE_EXISTING;

  private static String main(int programs) {
    var text = new StringBuilder();
    text.append("#![cfg_attr(target_os = \"none\", no_std, no_main)]\n");
    text.append("#![allow(dead_code, async_fn_in_trait)]\n\nextern crate alloc;\n\n");
    text.append("mod board;\nmod rt;\n");
    for (int i = 0; i < programs; i++) {
      text.append("mod p").append(i).append(";\n");
    }
    text.append("\nfn main() {\n    board::main(&[\n");
    for (int i = 0; i < programs; i++) {
      text.append("        p").append(i).append("::run,\n");
    }
    return text.append("    ]);\n}\n").toString();
  }

  private static String manifest(Profile profile) {
    return """
    [package]
    name = "%s"
    version = "0.1.0"
    edition = "2024"
    publish = false

    [workspace]

    [profile.release]
    opt-level = %s
    panic = "%s"
    debug = %d
    lto = "fat"
    codegen-units = 1
    """
        .formatted(
            NAME,
            profile.level().equals("3") ? "3" : '"' + profile.level() + '"',
            profile.unwinds() ? "unwind" : "abort",
            profile.debug() ? 2 : 0);
  }
}
