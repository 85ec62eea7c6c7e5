package dev.pollard.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FilesTest {
  @TempDir private Path folder = Path.of("");

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void aFileIsReplacedWholeAndKeepsItsMode() throws IOException {
    Path file = folder.resolve("a");
    WholeFile.replace(file, "one", false);
    assertThat(mode(file)).isEqualTo("rw-r--r--");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
    WholeFile.replace(file, "two", false);
    assertThat(file).hasContent("two");
    assertThat(mode(file)).isEqualTo("rw-rw----");
    WholeFile.replace(file, "three", true);
    assertThat(mode(file)).isEqualTo("rwxr-xr-x");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aSymbolicLinkStaysOne() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "one");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    WholeFile.replace(link, "two", false);
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("two");
  }

  @Test
  void aFolderGoesWithAllThatIsInIt() throws IOException {
    Path gone = folder.resolve("gone");
    Files.createDirectories(gone.resolve("a/b"));
    Files.writeString(gone.resolve("a/b/c"), "");
    Folders.delete(gone);
    assertThat(gone).doesNotExist();
    Folders.delete(gone);
  }

  @Test
  void aKeyIsTheBeginningOfTheDigest() {
    // printf abc | sha256sum
    assertThat(Sha256.key("abc")).isEqualTo("ba7816bf8f01cfea414140de");
  }
}
