package dev.pollard.prune;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Pruned objects of earlier builds, by content: what is asked for again is linked again, but not
/// searched for and not compiled again. Objects and not artifacts, because other things go into a
/// link too.
final class ObjectCache {
  /// How many objects are kept.
  private static final int CAPACITY = 16;

  private final Path folder;

  /// @param folder where objects are kept; made when needed
  ObjectCache(Path folder) {
    this.folder = folder;
  }

  /// The key for a program and everything else that decides about its object.
  static String key(Path bitcode, List<String> decisions) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(Files.readAllBytes(bitcode));
      for (String decision : decisions) {
        digest.update(decision.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// An object and what is known of it.
  ///
  /// @param notes lines as they were given to [#keep]
  record Entry(Path object, List<String> notes) {}

  /// The object for a key.
  Optional<Entry> find(String key) {
    Path object = folder.resolve(key + ".o");
    Path notes = folder.resolve(key + ".txt");
    try {
      if (Files.exists(object) && Files.exists(notes)) {
        Files.setLastModifiedTime(object, FileTime.fromMillis(System.currentTimeMillis()));
        return Optional.of(new Entry(object, Files.readAllLines(notes)));
      }
    } catch (IOException _) {
      // A cache that cannot be read is no cache: the work is done again.
      return Optional.empty();
    }
    return Optional.empty();
  }

  /// Keeps a copy of an object. What cannot be kept is not kept.
  void keep(String key, Path object, List<String> notes) {
    try {
      Files.createDirectories(folder);
      Path temporary = Files.createTempFile(folder, "new", ".tmp");
      Path text = Files.createTempFile(folder, "new", ".tmp");
      try {
        Files.copy(object, temporary, StandardCopyOption.REPLACE_EXISTING);
        Files.write(text, notes);
        Files.move(temporary, folder.resolve(key + ".o"), StandardCopyOption.ATOMIC_MOVE);
        // An entry counts once its notes are there.
        Files.move(text, folder.resolve(key + ".txt"), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
        Files.deleteIfExists(text);
      }
      dropOldest();
    } catch (IOException _) {
      return;
    }
  }

  private void dropOldest() throws IOException {
    List<Path> objects = new ArrayList<>();
    try (var files = Files.newDirectoryStream(folder, "*.o")) {
      files.forEach(objects::add);
    }
    objects.sort(Comparator.comparing(ObjectCache::age));
    for (Path object : objects.subList(0, Math.max(0, objects.size() - CAPACITY))) {
      String name = object.getFileName().toString().replaceFirst("\\.o$", "");
      Files.deleteIfExists(folder.resolve(name + ".txt"));
      Files.deleteIfExists(object);
    }
  }

  private static FileTime age(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException _) {
      return FileTime.fromMillis(0);
    }
  }
}
