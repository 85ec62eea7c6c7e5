package dev.pollard.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ObjectCacheTest {
  @TempDir private Path folder;
  private Path objects;
  private ObjectCache cache;

  @BeforeEach
  void makeCache() {
    objects = folder.resolve("target/objects");
    cache = new ObjectCache(objects);
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  @Test
  void whatIsKeptIsFoundWithItsNotes() throws IOException {
    assertThat(cache.find("k")).isEmpty();
    cache.keep("k", file("a.o", "object"), List.of("one", "two words"));
    assertThat(cache.find("other")).isEmpty();
    var entry = cache.find("k").orElseThrow();
    assertThat(entry.object()).hasContent("object").hasParent(objects);
    assertThat(entry.notes()).containsExactly("one", "two words");
  }

  @Test
  void theLastOneKeptCounts() throws IOException {
    cache.keep("k", file("a.o", "old"), List.of("old"));
    cache.keep("k", file("a.o", "new"), List.of("new"));
    assertThat(cache.find("k").orElseThrow().object()).hasContent("new");
    assertThat(cache.find("k").orElseThrow().notes()).containsExactly("new");
    try (var files = Files.list(objects)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void anEntryWithoutNotesIsNone() throws IOException {
    cache.keep("k", file("a.o", "object"), List.of("note"));
    Files.delete(objects.resolve("k.txt"));
    assertThat(cache.find("k")).isEmpty();
  }

  @Test
  void whatWasUsedLongestAgoGoes() throws IOException {
    for (int i = 0; i < 16; i++) {
      cache.keep("k" + i, file("a.o", "object " + i), List.of());
      Files.setLastModifiedTime(objects.resolve("k" + i + ".o"), FileTime.fromMillis(1000 + i));
    }
    assertThat(cache.find("k0")).as("used again").isPresent();
    cache.keep("new", file("a.o", "object"), List.of());
    assertThat(cache.find("k0")).isPresent();
    assertThat(cache.find("k1")).isEmpty();
    assertThat(cache.find("k2")).isPresent();
    assertThat(objects.resolve("k1.txt")).doesNotExist();
  }

  @Test
  void aCacheThatCannotBeWrittenKeepsNothing() throws IOException {
    var blocked = new ObjectCache(file("blocked", "").resolve("objects"));
    blocked.keep("k", file("a.o", "object"), List.of());
    assertThat(blocked.find("k")).isEmpty();
  }

  @Test
  void theKeyTellsProgramsAndDecisionsApart() throws IOException {
    var one = file("one.bc", "one");
    var key = ObjectCache.key(one, List.of("a", "b"));
    assertThat(ObjectCache.key(file("copy.bc", "one"), List.of("a", "b"))).isEqualTo(key);
    assertThat(ObjectCache.key(file("two.bc", "two"), List.of("a", "b"))).isNotEqualTo(key);
    assertThat(ObjectCache.key(one, List.of("ab", ""))).isNotEqualTo(key);
    assertThat(ObjectCache.key(one, List.of("b", "a"))).isNotEqualTo(key);
    assertThat(key).matches("[0-9a-f]{32}");
  }
}
