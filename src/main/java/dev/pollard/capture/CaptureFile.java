package dev.pollard.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A capture as a JSON file beside what it names: for reproducers, and for running one stage alone.
public final class CaptureFile {
  /// The file's name in the capture's folder.
  public static final String NAME = "capture.json";

  private CaptureFile() {}

  /// Writes `capture` into `file`.
  ///
  /// @throws IOException when it cannot be written
  public static void write(Capture capture, Path file) throws IOException {
    Files.writeString(file, text(capture));
  }

  /// What [#write] writes.
  ///
  /// @throws IOException when it has no form as JSON
  public static String text(Capture capture) throws IOException {
    try {
      return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(capture);
    } catch (JacksonException e) {
      throw new IOException("cannot write a capture: " + e.getOriginalMessage(), e);
    }
  }

  /// Reads a capture back.
  ///
  /// @throws IOException when it is none
  public static Capture read(Path file) throws IOException {
    try {
      return JsonMapper.shared().readValue(Files.readString(file), Capture.class);
    } catch (JacksonException e) {
      throw new IOException(file + " is no capture: " + e.getOriginalMessage(), e);
    }
  }

  /// Copies what a capture names, its private link inputs too, into `folder` and writes the capture
  /// of the copies there.
  ///
  /// @throws IOException when something cannot be copied
  public static Capture copy(Capture capture, Path folder) throws IOException {
    var from = capture.directory();
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        var target = folder.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    var link = capture.link();
    var arguments =
        link.arguments().stream().map(a -> a.replace(from.toString(), folder.toString())).toList();
    var copied =
        new Capture(
            capture.name(),
            capture.toolchain(),
            capture.target(),
            capture.optLevel(),
            capture.panicAbort(),
            capture.debugInfo(),
            folder,
            moved(capture.bitcode(), from, folder),
            moved(capture.optimised(), from, folder),
            moved(capture.stockObject(), from, folder),
            moved(capture.stockArtifact(), from, folder),
            moved(capture.askedArtifact(), from, folder),
            new LinkCommand(
                arguments, link.environment(), link.removedEnvironment(), link.workingDirectory()),
            capture.rustcTime(),
            capture.besideTime());
    write(copied, folder.resolve(NAME));
    return copied;
  }

  private static Path moved(Path file, Path from, Path to) {
    return file.startsWith(from) ? to.resolve(from.relativize(file).toString()) : file;
  }
}
