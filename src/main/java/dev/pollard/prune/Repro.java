package dev.pollard.prune;

import dev.pollard.capture.Capture;
import dev.pollard.capture.CaptureFile;
import dev.pollard.pass.PassOptions;
import dev.pollard.tune.Recipe;
import dev.pollard.tune.TuneFile;
import dev.pollard.tune.Tuned;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Packs what is needed to see a prune again: the bitcode, the capture, the passes, the words.
public final class Repro {
  private Repro() {}

  /// Writes a zip file, whole or not at all.
  ///
  /// @param settings what was asked for
  /// @param recipe what was being done, if anything
  /// @param reason how it ended
  public static void write(
      Path file,
      Capture capture,
      String settings,
      Optional<Recipe> recipe,
      PassOptions options,
      String reason)
      throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path temporary = Files.createTempFile(folder, ".repro", ".zip");
    try (var zip = new ZipOutputStream(Files.newOutputStream(temporary))) {
      add(zip, "program.bc", Files.readAllBytes(capture.bitcode()));
      add(zip, CaptureFile.NAME, CaptureFile.text(capture).getBytes(StandardCharsets.UTF_8));
      add(zip, "optimised.bc", Files.readAllBytes(capture.optimised()));
      add(zip, "stock.o", Files.readAllBytes(capture.stockObject()));
      String flags =
          "--passes='"
              + recipe.map(r -> String.join(",", r.passes())).orElse("")
              + "' "
              + flags(options);
      if (recipe.filter(r -> !r.inlining().isEmpty()).isPresent()) {
        add(zip, TuneFile.NAME, decisions(capture, recipe.get()).getBytes(StandardCharsets.UTF_8));
        flags += " --tune=" + TuneFile.NAME;
      }
      add(zip, "README.txt", readme(capture, settings, flags, reason));
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
    Files.move(temporary, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  private static String decisions(Capture capture, Recipe recipe) {
    return new TuneFile(new TreeMap<>())
        .with(
            TuneFile.program("bin", capture.name(), capture.target().triple()),
            new Tuned(recipe, 0, 0))
        .text();
  }

  private static byte[] readme(Capture capture, String settings, String flags, String reason) {
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
                "  pollard opt " + flags + " program.bc -o after.bc",
                "",
                "program.bc is the whole program before rustc's LTO passes, optimised.bc after them,",
                "stock.o the object that rustc made of it.",
                ""))
        .getBytes(StandardCharsets.UTF_8);
  }

  /// What `pollard opt` must be told to run passes as the build did.
  private static String flags(PassOptions options) {
    List<String> flags = new ArrayList<>();
    flags.add("--resumed-panics=" + word(options.resumedPanics()));
    flags.add("--panics=" + word(options.panics()));
    flags.add("--frame-pointers=" + word(options.framePointers()));
    options.keep().patterns().forEach(p -> flags.add("--keep='" + p + "'"));
    return String.join(" ", flags);
  }

  private static String word(Enum<?> mode) {
    return mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }
}
