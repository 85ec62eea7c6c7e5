package dev.pollard.bisect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlaceTest {
  @TempDir private Path folder;

  private Path file(String name, String content) throws Exception {
    var file = Files.writeString(folder.resolve(name), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void whatWasThereIsPutBack() throws Exception {
    var artifact = file("program", "built");
    var link = Files.createLink(folder.resolve("cargos-own"), artifact);
    var first = file("first", "one");
    var second = file("second", "two");
    try (var place = new Place(artifact)) {
      place.put(first);
      assertThat(artifact).hasContent("one").isExecutable();
      assertThat(place.holds(first)).isTrue();
      assertThat(link).hasContent("built");
      place.put(second);
      assertThat(artifact).hasContent("two");
      assertThat(place.holds(first)).isFalse();
      Files.delete(artifact);
      assertThat(place.holds(second)).isFalse();
    }
    assertThat(artifact).hasContent("built");
    assertThat(Files.isSameFile(artifact, link)).isTrue();
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(artifact, link, first, second);
    }
  }

  @Test
  void whatWasNeverTakenStays() throws Exception {
    var artifact = file("program", "built");
    new Place(artifact).close();
    assertThat(artifact).hasContent("built");
  }
}
