package dev.pollard.doctor;

import dev.pollard.source.RustText;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Looks through a project's Rust sources for what shows that it runs into a gap. Text, not syntax:
/// comments and the contents of strings are blanked first.
final class SourceScan {
  /// A generated file of megabytes tells nothing about a project.
  private static final long LARGEST = 1 << 20;

  private final Map<Path, String> sources = new TreeMap<>();

  /// @param folder the project's; `target` and hidden folders are left out
  /// @throws IOException when it cannot be read
  SourceScan(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            String name = String.valueOf(dir.getFileName());
            boolean skipped =
                !dir.equals(folder)
                    && (name.startsWith(".")
                        || Files.exists(dir.resolve("CACHEDIR.TAG"))
                        || name.equals("target"));
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (file.toString().endsWith(".rs") && attributes.size() <= LARGEST) {
              try {
                sources.put(folder.relativize(file), RustText.blanked(Files.readString(file)));
              } catch (CharacterCodingException _) {
                return FileVisitResult.CONTINUE; // rustc would not read it either
              }
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /// How many files were looked at.
  int files() {
    return sources.size();
  }

  /// Where a pattern is found, each line once.
  List<Gap.Place> find(Optional<Pattern> pattern) {
    List<Gap.Place> places = new ArrayList<>();
    pattern.ifPresent(p ->
        sources.forEach((file, text) -> {
          List<String> lines = text.lines().toList();
          int line = 1;
          int counted = 0;
          int last = 0;
          Matcher matcher = p.matcher(text);
          while (matcher.find()) {
            for (; counted < matcher.start(); counted++) {
              line += text.charAt(counted) == '\n' ? 1 : 0;
            }
            if (line != last) {
              places.add(new Gap.Place(file, line, lines.get(line - 1).strip()));
              last = line;
            }
          }
        }));
    return places;
  }
}
