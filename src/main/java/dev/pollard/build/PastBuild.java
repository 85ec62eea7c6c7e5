package dev.pollard.build;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// What is known of an artifact by its content: its report, and the stock program that it took the
/// place of. cargo may put an artifact of an earlier build in its place again without a call of
/// rustc (another target's, another profile's, another package's of the same name), and then the
/// report by the artifact's name tells of another one.
///
/// It lies in `target/pollard/builds`, a folder for each, and the last few of each name are kept.
/// Where it cannot be kept nothing is missing but that.
public final class PastBuild {
  private static final int KEPT = 4;
  private static final int DIGITS = 16;

  private final Path folder;

  private PastBuild(Path folder) {
    this.folder = folder;
  }

  /// The one of a file that lies in a target folder, whether or not anything is known of it.
  ///
  /// @param outDir that the artifact is in, or that rustc writes to
  /// @param artifact the name of its report
  /// @throws IOException when the file cannot be read
  public static PastBuild of(Path outDir, String artifact, Path file) throws IOException {
    return new PastBuild(
        TargetFolder.pollard(outDir).resolve("builds").resolve(artifact + "-" + digest(file)));
  }

  /// Puts its report in the place of the one by the artifact's name, unless that is it, or none is
  /// known.
  ///
  /// @throws IOException when that place cannot be written to
  public void recallReport(Path place) throws IOException {
    Path own = folder.resolve("report.json");
    if (Files.isRegularFile(own)
        && !(Files.isRegularFile(place) && Files.mismatch(own, place) < 0)) {
      Path copy = Files.createTempFile(place.toAbsolutePath().getParent(), "report", "");
      try {
        Files.copy(own, copy, StandardCopyOption.REPLACE_EXISTING);
        Publisher.move(copy, place);
      } finally {
        Files.deleteIfExists(copy);
      }
    }
  }

  /// The stock program that was built beside it, if it was kept.
  public Optional<Path> stock() {
    return Optional.of(folder.resolve("stock")).filter(Files::isRegularFile);
  }

  /// Keeps the stock program by a move, which takes no time and no more space than the build had.
  void keepStock(Path stock) {
    put(stock, "stock");
  }

  /// Keeps a copy.
  void keepCopyOfStock(Path stock) {
    putCopy(stock, "stock");
  }

  /// Keeps a copy of its report, and lets go of the oldest of its name.
  void keepReport(Path report) {
    putCopy(report, "report.json");
    try {
      Files.setLastModifiedTime(folder, FileTime.fromMillis(System.currentTimeMillis()));
      List<Path> others = ofItsName();
      for (Path old : others.subList(Math.min(KEPT, others.size()), others.size())) {
        delete(old);
      }
    } catch (IOException _) {
      return; // the next build tries again
    }
  }

  /// All of the artifact's name, the last one first.
  private List<Path> ofItsName() throws IOException {
    String own = folder.getFileName().toString();
    String name = own.substring(0, own.length() - DIGITS);
    List<Path> all = new ArrayList<>();
    try (var folders = Files.newDirectoryStream(folder.getParent())) {
      for (Path f : folders) {
        String other = f.getFileName().toString();
        if (other.startsWith(name) && other.length() == own.length()) {
          all.add(f);
        }
      }
    }
    all.sort(Comparator.comparing(PastBuild::time).reversed());
    return all;
  }

  private static FileTime time(Path folder) {
    try {
      return Files.getLastModifiedTime(folder);
    } catch (IOException _) {
      return FileTime.fromMillis(0);
    }
  }

  private static void delete(Path folder) throws IOException {
    for (String file : List.of("report.json", "stock")) {
      Files.deleteIfExists(folder.resolve(file));
    }
    Files.deleteIfExists(folder);
  }

  private void put(Path file, String name) {
    Path to = folder.resolve(name);
    try {
      Files.deleteIfExists(to);
      if (Files.isRegularFile(file)) {
        Files.createDirectories(folder);
        Publisher.move(file, to);
      }
    } catch (IOException _) {
      forget(to); // better none than half of one
    }
  }

  private void putCopy(Path file, String name) {
    try {
      Path parent = Files.createDirectories(folder);
      Path copy = Files.createTempFile(parent, "copy", "");
      try {
        Files.copy(
            file, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        put(copy, name);
      } finally {
        Files.deleteIfExists(copy);
      }
    } catch (IOException _) {
      forget(folder.resolve(name));
    }
  }

  private static void forget(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException _) {
      return; // nor can it be read, then
    }
  }

  private static String digest(Path file) throws IOException {
    MessageDigest sha;
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    try (var in = new DigestInputStream(Files.newInputStream(file), sha)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(sha.digest()).substring(0, DIGITS);
  }
}
