package dev.pollard.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pollard.object.elf.ElfFile;
import dev.pollard.testing.LlvmTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Programs and libraries of the system at hand, made by other compilers and linkers: all views of
/// each add up to what `llvm-size` counts. `-Dpollard.system=N` takes N files of each folder
/// (default 12), `-Dpollard.seed=N` others.
class SystemFilesTest {
  private static final int COUNT = Integer.getInteger("pollard.system", 12);
  private static final long LARGEST = 16L << 20;

  private static List<Path> sample() throws IOException {
    var sample = new ArrayList<Path>();
    for (String folder : List.of("/usr/bin", "/usr/lib", "/usr/lib/x86_64-linux-gnu")) {
      Path path = Path.of(folder);
      if (!Files.isDirectory(path)) {
        continue;
      }
      List<Path> all;
      try (Stream<Path> files = Files.list(path)) {
        all = new ArrayList<>(files.sorted().toList());
      }
      Collections.shuffle(all, new Random(Integer.getInteger("pollard.seed", 22)));
      int taken = 0;
      for (Path file : all) {
        if (taken < COUNT && Files.isRegularFile(file) && Files.isReadable(file)) {
          if (Files.size(file) <= LARGEST && ElfFile.isElf(file)) {
            sample.add(file);
            taken++;
          }
        }
      }
    }
    return sample;
  }

  @Test
  void everyViewAddsUpToWhatLlvmSizeCounts() throws IOException {
    List<Path> sample = sample();
    // A system without any is none that these tests run on.
    assertThat(sample).isNotEmpty();
    for (Path file : sample) {
      long flash = LlvmTool.flash(file);
      Inspection inspection = Inspection.of(file);
      assertThat(inspection.sizes().flash()).as("%s", file).isEqualTo(flash);
      InspectionTest.assertViewsAddUp(inspection, file, flash);
    }
  }
}
