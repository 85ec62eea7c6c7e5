package dev.pollard.prune;

import dev.pollard.capture.Capture;
import dev.pollard.capture.CaptureFile;
import dev.pollard.tune.Recipe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Packs what is needed to see a failure again: the bitcode, the capture, the passes, the words.
public final class Repro {
  private Repro() {}

  /// Writes a zip file, whole or not at all.
  ///
  /// @param settings what was asked for
  /// @param recipe what was being done, if anything
  /// @param reason what went wrong
  public static void write(
      Path file, Capture capture, String settings, Optional<Recipe> recipe, String reason)
      throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path temporary = Files.createTempFile(folder, ".repro", ".zip");
    try (var zip = new ZipOutputStream(Files.newOutputStream(temporary))) {
      add(zip, "program.bc", Files.readAllBytes(capture.bitcode()));
      add(zip, CaptureFile.NAME, CaptureFile.text(capture).getBytes(StandardCharsets.UTF_8));
      String passes = recipe.map(r -> String.join(",", r.passes())).orElse("");
      add(zip, "README.txt", readme(capture, settings, passes, reason));
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
    Files.move(temporary, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  private static byte[] readme(Capture capture, String settings, String passes, String reason) {
    return String.join(
            "\n",
            List.of(
                capture.name() + ": " + reason,
                "",
                "rustc "
                    + capture.toolchain().release()
                    + ", LLVM "
                    + capture.toolchain().llvmVersion()
                    + ", "
                    + capture.target().triple(),
                "settings: " + settings,
                "",
                "To see it again:",
                "  pollard opt --passes='" + passes + "' program.bc -o after.bc",
                ""))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }
}
